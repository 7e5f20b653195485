package org.longpo.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * Draws the answers to many requests: as many at a time as memory allows; where some have ended,
 * others take their place.
 */
final class Decoding {
  /** Prompts are read once this share of the slots is free: many small passes cost more. */
  private static final int FREE_PART = 4;

  /** What a shared node of prompts must save to be worth its own operations in every layer. */
  private static final int LEAST_SAVED_ROWS = 64;

  private final LanguageModel model;
  private final EngineSettings settings;
  private final List<GenerationRequest> requests;
  private final TokenSampler sampler;
  private final Limits limits;
  private final Generator.Listener listener;
  private final DecodingPlan plan;
  private final LossHead head;
  private final Deque<DecodingPlan.Unit> waiting;
  private final List<LiveSequence> live = new ArrayList<>();
  private final List<Wave> waves = new ArrayList<>();
  private final Generated[] results;
  private final Optional<KeptPrompts> kept;

  /**
   * When an answer ends.
   *
   * @param maxNewTokens of each answer
   * @param endTokens an answer ends with the first of these
   * @param pathLength of the longest sequence, for RoPE whose frequencies depend on it
   */
  record Limits(int maxNewTokens, List<Integer> endTokens, int pathLength) {}

  Decoding(
      LanguageModel model,
      EngineSettings settings,
      List<GenerationRequest> requests,
      TokenSampler sampler,
      Limits limits,
      Generator.Listener listener,
      Optional<KeptPrompts> kept) {
    this.model = model;
    this.settings = settings;
    this.requests = requests;
    this.sampler = sampler;
    this.limits = limits;
    this.listener = listener;
    this.kept = kept;
    this.plan = DecodingPlan.of(model, settings, requests, limits.maxNewTokens(), kept.isPresent());
    this.head = model.lossHead(settings);
    this.waiting = new ArrayDeque<>(plan.units());
    this.results = new Generated[requests.size()];
  }

  List<Generated> run() {
    try (Scope ignored = Scope.open()) {
      OwnRows own = new OwnRows(model, plan.slots(), plan.slotRows());
      Decoder decoder = new Decoder(model, settings, own, limits.pathLength());
      while (!waiting.isEmpty() || !live.isEmpty()) {
        if (isTimeToRead()) {
          read(own);
          removeEnded(own);
        }
        if (!live.isEmpty()) {
          step(decoder);
          removeEnded(own);
        }
      }
    } finally {
      waves.forEach(Wave::free);
    }
    return List.of(results);
  }

  private boolean isTimeToRead() {
    return !waiting.isEmpty()
        && fits(waiting.getFirst(), 0, 0)
        && (live.isEmpty() || (plan.slots() - live.size()) * FREE_PART >= plan.slots());
  }

  private boolean fits(DecodingPlan.Unit unit, int sequences, long rows) {
    long held = waves.stream().mapToLong(Wave::rows).sum();
    return live.size() + sequences + unit.size() <= plan.slots()
        && (live.isEmpty() && sequences == 0 || held + rows + rows(unit) <= plan.sharedRows());
  }

  /** Rows that a unit needs besides its slots; where prompts are kept, their ends too. */
  private long rows(DecodingPlan.Unit unit) {
    return unit.sharedRows() + (kept.isPresent() ? (long) unit.size() * unit.ownRows() : 0);
  }

  /** Reads the prompts of as many waiting units as there is room for, and draws first tokens. */
  private void read(OwnRows own) {
    List<Integer> members = new ArrayList<>();
    long rows = 0;
    while (!waiting.isEmpty() && fits(waiting.getFirst(), members.size(), rows)) {
      rows += rows(waiting.getFirst());
      members.addAll(waiting.removeFirst().requests());
    }
    List<int[]> drafts = members.stream().map(i -> draft(requests.get(i))).toList();
    List<int[]> paths =
        IntStream.range(0, members.size())
            .mapToObj(i -> joined(requests.get(members.get(i)).prompt(), drafts.get(i)))
            .toList();
    int[] promptLengths = members.stream().mapToInt(i -> requests.get(i).prompt().length).toArray();
    PrefixLayout layout =
        PrefixLayout.of(
            TokenTree.of(paths, promptLengths, LEAST_SAVED_ROWS),
            promptLengths,
            plan.slotRows() - limits.maxNewTokens());
    int firstSlot = live.size();
    try (Scope ignored = Scope.open()) {
      Wave.OwnEnds ends =
          Wave.OwnEnds.of(
              model, layout, own, IntStream.range(firstSlot, firstSlot + members.size()).toArray());
      int[] wanted = predicting(layout.tree(), promptLengths);
      Optional<KeptPrompts.Reading> reading =
          kept.map(open -> open.reading(layout.tree(), paths, wanted, limits.pathLength()));
      Wave wave =
          reading.isPresent()
              ? Wave.in(reading.get(), layout, ends)
              : Wave.alone(model, layout, ends);
      waves.add(wave);
      int[] placeInWave = Decoder.inverse(layout.order());
      for (int i = 0; i < members.size(); i++) {
        int request = members.get(i);
        live.add(
            new LiveSequence(
                request, requests.get(request), wave, placeInWave[i], layout.ownFrom()[i]));
      }
      Tensor hidden =
          new Prefill(model, layout.tree(), settings, limits.pathLength())
              .run(
                  reading.isPresent()
                      ? reading.get().unread()
                      : IntStream.range(0, layout.tree().rows()).toArray(),
                  wave.memory(),
                  wanted);
      drawFirst(hidden, live.subList(firstSlot, live.size()), drafts);
    }
  }

  /** The rows after which a token is drawn: each prompt's last one, and those of its draft. */
  private static int[] predicting(TokenTree tree, int[] promptLengths) {
    return IntStream.range(0, promptLengths.length)
        .flatMap(s -> Arrays.stream(tree.rowsOf(s), promptLengths[s] - 1, tree.length(s)))
        .toArray();
  }

  /** Draws from every row that a draft has reached; a draft ends where it errs. */
  private void drawFirst(Tensor hidden, List<LiveSequence> sequences, List<int[]> drafts) {
    List<Drawing> drawings = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      for (int ahead = 0; ahead <= drafts.get(i).length; ahead++) {
        drawings.add(new Drawing(sequences.get(i), ahead, drafts.get(i)));
      }
    }
    long[] tokens = draw(hidden, drawings);
    int at = 0;
    for (int i = 0; i < sequences.size(); i++) {
      LiveSequence sequence = sequences.get(i);
      int[] draft = drafts.get(i);
      boolean goesOn = add(sequence, (int) tokens[at]);
      for (int d = 0; goesOn && d < draft.length && sequence.pending() == draft[d]; d++) {
        sequence.read();
        goesOn = add(sequence, (int) tokens[at + d + 1]);
      }
      at += draft.length + 1;
    }
  }

  /** Reads the pending tokens and draws the next ones. */
  private void step(Decoder decoder) {
    try (Scope ignored = Scope.open()) {
      long[] tokens =
          draw(decoder.read(live), live.stream().map(s -> new Drawing(s, 0, new int[0])).toList());
      for (int i = 0; i < tokens.length; i++) {
        add(live.get(i), (int) tokens[i]);
      }
    }
  }

  /**
   * A token to draw.
   *
   * @param ahead tokens of the draft that come before it
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Drawing(LiveSequence sequence, int ahead, int[] draft) {
    double point() {
      return sequence.point(sequence.drawn() + ahead);
    }

    int[] seen() {
      return sequence.seen(draft, ahead);
    }

    /** Prompt, drawn tokens and those of the draft. */
    int[] tokens() {
      return joined(sequence.sequence(), Arrays.copyOf(draft, ahead));
    }
  }

  /** One token for every row of {@code hidden}. */
  private long[] draw(Tensor hidden, List<Drawing> drawings) {
    long[] tokens = new long[drawings.size()];
    head.forEachTile(
        hidden,
        (tile, logits) -> {
          List<Drawing> some = drawings.subList(tile.start(), tile.end());
          NonFiniteOutput.refuse(
              logits, model, settings, () -> some.stream().map(Drawing::tokens).toList());
          long[] drawn =
              sampler.draw(
                  logits,
                  sampler.isRandom()
                      ? some.stream().mapToDouble(Drawing::point).toArray()
                      : new double[0],
                  sampler.penalisesRepetition()
                      ? some.stream().map(Drawing::seen).toArray(int[][]::new)
                      : new int[0][]);
          System.arraycopy(drawn, 0, tokens, tile.start(), drawn.length);
        });
    return tokens;
  }

  /** Takes a drawn token and returns whether the sequence goes on. */
  private boolean add(LiveSequence sequence, int token) {
    sequence.add(token);
    boolean goesOn = listener.drawn(sequence.request(), token);
    boolean isEnd = limits.endTokens().contains(token);
    if (isEnd || !goesOn || sequence.drawn() == limits.maxNewTokens()) {
      results[sequence.request()] = new Generated(sequence.tokens(), isEnd);
      return false;
    }
    return true;
  }

  /** The last sequences take the slots of those that have ended. */
  private void removeEnded(OwnRows own) {
    for (int slot = live.size() - 1; slot >= 0; slot--) {
      LiveSequence sequence = live.get(slot);
      if (results[sequence.request()] == null) {
        continue;
      }
      LiveSequence last = live.removeLast();
      if (last != sequence) {
        own.move(live.size(), slot, last.length() - last.ownFrom());
        live.set(slot, last);
      }
      sequence.wave().leave();
    }
    waves.removeIf(Wave::isOver);
  }

  /** The part of a draft that can be read: an answer's last token is drawn, never read. */
  private int[] draft(GenerationRequest request) {
    int[] draft = request.draft();
    int length = 0;
    while (length < Math.min(draft.length, limits.maxNewTokens() - 1)
        && draft[length] >= 0
        && draft[length] < model.config().vocabularySize()
        && !limits.endTokens().contains(draft[length])) {
      length++;
    }
    return Arrays.copyOf(draft, length);
  }

  private static int[] joined(int[] first, int[] second) {
    return Stream.of(first, second).flatMapToInt(Arrays::stream).toArray();
  }
}
