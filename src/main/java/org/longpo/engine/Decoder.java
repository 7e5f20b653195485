package org.longpo.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.longpo.engine.TransformerBlock.Projected;
import org.longpo.engine.attention.AttentionKernel;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;

/**
 * Extends all active sequences by one token each.
 *
 * <p>A sequence attends to the spans of its wave, which are read once for all sequences below them,
 * and to its own rows, which are read for all sequences by one product; the two are merged by
 * log-sum-exp.
 *
 * <p>Legend: B active sequences, H query heads, G key/value heads, N = H / G, D head dimension, s
 * own rows of the longest sequence.
 */
final class Decoder {
  private final LanguageModel model;
  private final TreeAttention attention;
  private final OwnRows own;
  private final int pathLength;

  Decoder(LanguageModel model, EngineSettings settings, OwnRows own, int pathLength) {
    this.model = model;
    this.attention = model.attention(settings);
    this.own = own;
    this.pathLength = pathLength;
  }

  /**
   * Reads the pending token of every sequence.
   *
   * @param live by slot
   * @return hidden states after the last block, [B, hidden size], in the scope that is open now
   */
  Tensor read(List<LiveSequence> live) {
    try (Scope scope = Scope.open()) {
      int[] positions = live.stream().mapToInt(LiveSequence::length).toArray();
      Rotation rotation = model.rotation(positions, pathLength);
      Step step = new Step(live);
      Tensor hidden =
          new LayerWalk(model)
              .stream(
                  model.embed(live.stream().mapToInt(LiveSequence::pending).toArray()),
                  (layer, block, input) -> {
                    try (Scope layerScope = Scope.open()) {
                      Projected projected = block.project(input, rotation);
                      Tensor attended = step.attend(layer, projected);
                      return layerScope.keep(block.finish(input, attended));
                    }
                  });
      live.forEach(LiveSequence::read);
      return scope.keep(hidden);
    }
  }

  /** The sequences of one wave in the order of its layout, as rows [first, first + members). */
  private record Members(Wave wave, int first, List<LiveSequence> sequences) {}

  /** What all layers of one step have in common. */
  private final class Step {
    private final List<LiveSequence> live;
    private final Tensor written;
    private final List<Members> waves = new ArrayList<>();
    private final @Nullable Tensor toWaveOrder;
    private final @Nullable Tensor toSlotOrder;
    private final Map<OptionalInt, OwnRange> ranges = new HashMap<>();
    private final Map<OptionalInt, Map<Wave, List<AttentionPart>>> parts = new HashMap<>();

    Step(List<LiveSequence> live) {
      this.live = live;
      written =
          Tensor.of(
              own.index(
                  IntStream.range(0, live.size()).toArray(),
                  live.stream().mapToInt(Decoder::place).toArray()),
              model.device());
      int[] slots = slotsInWaveOrder();
      boolean isOrdered = IntStream.range(0, slots.length).allMatch(i -> slots[i] == i);
      toWaveOrder = isOrdered ? null : Tensor.of(slots, model.device());
      toSlotOrder = isOrdered ? null : Tensor.of(inverse(slots), model.device());
      for (int layer = 0; layer < model.config().layers(); layer++) {
        // Here and not when a layer needs it: that layer's scope would free it.
        ranges.computeIfAbsent(
            model.slidingWindow(layer), window -> OwnRange.of(live, window, model.device()));
      }
    }

    /** Groups the sequences by wave and returns their slots in that order. */
    private int[] slotsInWaveOrder() {
      Map<Wave, List<Integer>> slotsOfWaves = new LinkedHashMap<>();
      for (int slot = 0; slot < live.size(); slot++) {
        slotsOfWaves.computeIfAbsent(live.get(slot).wave(), w -> new ArrayList<>()).add(slot);
      }
      List<Integer> all = new ArrayList<>();
      slotsOfWaves.forEach(
          (wave, slots) -> {
            slots.sort(Comparator.comparingInt(slot -> live.get(slot).placeInWave()));
            waves.add(new Members(wave, all.size(), slots.stream().map(live::get).toList()));
            all.addAll(slots);
          });
      return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Writes the new rows and attends; returns [B, H, D]. */
    Tensor attend(int layer, Projected projected) {
      own.write(layer, written, projected.k(), projected.v());
      OptionalInt window = model.slidingWindow(layer);
      AttentionKernel.Output result = attendOwn(layer, projected.q(), window);
      if (waves.stream().anyMatch(members -> members.wave().layout().sharedRows() > 0)) {
        AttentionKernel.Output shared = attendSpans(layer, projected.q(), window);
        TreeAttention.merge(result.out(), result.logSumExp(), shared);
      }
      return result.out();
    }

    private AttentionKernel.Output attendSpans(int layer, Tensor query, OptionalInt window) {
      Tensor ordered = toWaveOrder == null ? query : query.indexSelect(0, toWaveOrder);
      List<Tensor> outs = new ArrayList<>();
      List<Tensor> logSumExps = new ArrayList<>();
      Map<Wave, List<AttentionPart>> ofWaves = parts.computeIfAbsent(window, this::partsOfWaves);
      for (Members members : waves) {
        AttentionKernel.Output some =
            attention.forward(
                ordered.rows(members.first(), members.first() + members.sequences().size()),
                members.wave().shared(layer).keys(),
                members.wave().shared(layer).values(),
                ofWaves.getOrDefault(members.wave(), List.of()),
                0);
        outs.add(some.out());
        logSumExps.add(some.logSumExp());
      }
      return new AttentionKernel.Output(inSlotOrder(outs), inSlotOrder(logSumExps));
    }

    private Tensor inSlotOrder(List<Tensor> ofWaves) {
      Tensor all = ofWaves.size() == 1 ? ofWaves.getFirst() : Tensor.concatenate(ofWaves, 0);
      return toSlotOrder == null ? all : all.indexSelect(0, toSlotOrder);
    }

    private Map<Wave, List<AttentionPart>> partsOfWaves(OptionalInt window) {
      Map<Wave, List<AttentionPart>> ofWaves = new HashMap<>();
      for (Members members : waves) {
        ofWaves.put(members.wave(), parts(members, window));
      }
      return ofWaves;
    }

    /** Attention of every sequence to its own rows, the token just read included. */
    private AttentionKernel.Output attendOwn(int layer, Tensor q, OptionalInt window) {
      OwnRange range = Objects.requireNonNull(ranges.get(window));
      // [B, G, s, D]
      Tensor keys = own.keys(layer, live.size(), range.from(), range.to());
      Tensor values = own.values(layer, live.size(), range.from(), range.to());
      long groups = keys.size(1);
      long headDim = keys.size(3);
      Tensor query = q.view(live.size(), groups, -1, headDim).mul(attention.scale());
      Tensor scores = query.matmul(keys.transpose(2, 3)).to(q.dtype().accumulation());
      range.mask(scores);
      Tensor logSumExp = scores.logSumExp(3, true);
      Tensor weights = scores.subInPlace(logSumExp).expInPlace().to(q.dtype());
      return new AttentionKernel.Output(
          weights.matmul(values).reshape(live.size(), -1, headDim),
          logSumExp.reshape(live.size(), -1));
    }
  }

  /** Which own rows the sequences see: their places in the slots, and what of them is not seen. */
  private record OwnRange(int from, int to, @Nullable Tensor unseen) {
    static OwnRange of(List<LiveSequence> live, OptionalInt window, Device device) {
      int[] last = live.stream().mapToInt(Decoder::place).toArray();
      int[] first =
          live.stream()
              .mapToInt(
                  s ->
                      window.isEmpty()
                          ? 0
                          : Math.max(0, s.length() - window.getAsInt() + 1 - s.ownFrom()))
              .toArray();
      int from = IntStream.of(first).min().orElseThrow();
      int to = IntStream.of(last).max().orElseThrow() + 1;
      boolean isAllSeen =
          IntStream.range(0, last.length).allMatch(i -> first[i] == from && last[i] == to - 1);
      if (isAllSeen) {
        return new OwnRange(from, to, null);
      }
      Tensor places = Tensor.range(from, to, device).unsqueeze(0);
      Tensor unseen =
          places
              .isGreaterThan(Tensor.of(last, device).unsqueeze(1))
              .orInPlace(Tensor.of(first, device).unsqueeze(1).isGreaterThan(places));
      return new OwnRange(from, to, unseen.unsqueeze(1).unsqueeze(1));
    }

    /** scores: [B, G, N, s]. */
    void mask(Tensor scores) {
      if (unseen != null) {
        scores.maskedFillInPlace(unseen, Double.NEGATIVE_INFINITY);
      }
    }
  }

  /** For every span of a wave the rectangle of the sequences that read it. */
  private static List<AttentionPart> parts(Members members, OptionalInt window) {
    List<LiveSequence> sequences = members.sequences();
    List<AttentionPart> parts = new ArrayList<>();
    for (PrefixLayout.Span span : members.wave().layout().spans()) {
      int from = 0;
      while (from < sequences.size() && sequences.get(from).placeInWave() < span.first()) {
        from++;
      }
      int to = from;
      while (to < sequences.size() && sequences.get(to).placeInWave() < span.last()) {
        to++;
      }
      int start = members.wave().firstRow(span);
      int end = start + span.length();
      boolean isAllSeen =
          window.isEmpty()
              || sequences.subList(from, to).stream()
                  .allMatch(s -> firstSeen(s, window.getAsInt()) <= span.firstPosition());
      if (isAllSeen) {
        addIfAny(parts, from, to, start, end);
      } else {
        // Sequences of different lengths see different keys: one rectangle each.
        for (int i = from; i < to; i++) {
          int hidden = firstSeen(sequences.get(i), window.getAsInt()) - span.firstPosition();
          addIfAny(parts, i, i + 1, start + Math.max(0, hidden), end);
        }
      }
    }
    // Those of fewest sequences first: what comes later is merged into them, the largest once.
    parts.sort(Comparator.comparingInt(AttentionPart::queries));
    return parts;
  }

  private static void addIfAny(List<AttentionPart> parts, int from, int to, int start, int end) {
    if (from < to && start < end) {
      parts.add(new AttentionPart(from, to, start, end, AttentionPart.FULL));
    }
  }

  /** Position of the first token that the next one sees. */
  private static int firstSeen(LiveSequence sequence, int window) {
    return sequence.length() - window + 1;
  }

  /** The place of the next token in its slot. */
  private static int place(LiveSequence sequence) {
    return sequence.length() - sequence.ownFrom();
  }

  /** The place of every element in a permutation. */
  static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }
}
