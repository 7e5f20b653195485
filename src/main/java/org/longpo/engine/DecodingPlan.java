package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tree.TokenTree;

/**
 * In which order prompts are read, and how many answers are drawn at a time, so that keys and
 * values stay within a budget.
 *
 * @param units in the order in which they are read
 * @param slots sequences at a time
 * @param slotRows rows that one sequence may need for itself
 * @param sharedRows rows that may be kept at a time besides the slots
 */
record DecodingPlan(List<Unit> units, int slots, int slotRows, long sharedRows) {
  /** More sequences at a time make a product hardly more efficient. */
  private static final int MOST_SEQUENCES = 512;

  private static final long BYTES_PER_MIB = 1 << 20;

  /**
   * Answers about one document that are drawn at a time where the memory is not given, however long
   * the document is: enough that reading its keys once serves many.
   */
  private static final int ANSWERS_OF_A_DOCUMENT = 64;

  /**
   * Requests that are read together because they share most of their prompts.
   *
   * @param requests indices
   * @param sharedRows rows that several of them read
   * @param ownRows rows of the longest end of a prompt that one alone reads
   */
  record Unit(List<Integer> requests, int sharedRows, int ownRows) {
    int size() {
      return requests.size();
    }

    /** The same in parts of at most {@code most} requests, each of which reads what they share. */
    private Stream<Unit> parts(int most) {
      return IntStream.range(0, Math.ceilDiv(size(), most))
          .mapToObj(
              part ->
                  new Unit(
                      requests.subList(part * most, Math.min(size(), (part + 1) * most)),
                      sharedRows,
                      ownRows));
    }
  }

  /**
   * @param keepsEnds whether the ends of prompts are kept a second time, for the next call
   * @throws UserError if the memory that the user gave is too little for one request
   */
  static DecodingPlan of(
      LanguageModel model,
      EngineSettings settings,
      List<GenerationRequest> requests,
      int maxNewTokens,
      boolean keepsEnds) {
    List<Unit> units = units(requests);
    int slotRows = units.stream().mapToInt(Unit::ownRows).max().orElseThrow() + maxNewTokens;
    long rowsOfSlot = keepsEnds ? 2L * slotRows : slotRows;
    long shared = units.stream().mapToInt(Unit::sharedRows).max().orElseThrow();
    long bytesPerRow = KeysAndValues.bytesPerRow(model);
    long rows = settings.cacheBytes() / bytesPerRow;
    if (settings.options().cacheMib().isEmpty()) {
      int most = units.stream().mapToInt(Unit::size).max().orElseThrow();
      rows = Math.max(rows, shared + Math.min(most, ANSWERS_OF_A_DOCUMENT) * rowsOfSlot);
    } else if (rows < shared + rowsOfSlot) {
      throw tooLittle(settings.options().cacheMib().get(), shared + rowsOfSlot, bytesPerRow);
    }
    long fitting = (rows - shared) / rowsOfSlot;
    int slots = (int) Math.clamp(fitting, 1, Math.min(MOST_SEQUENCES, requests.size()));
    return new DecodingPlan(
        units.stream().flatMap(unit -> unit.parts(slots)).toList(),
        slots,
        slotRows,
        rows - (long) slots * slotRows);
  }

  /**
   * Refuses, before any work, a memory that the user gave and that holds no prompt with its answer.
   *
   * @param tokens of the longest prompt and its answer
   */
  static void requireRoom(LanguageModel model, EngineSettings settings, long tokens) {
    long bytesPerRow = KeysAndValues.bytesPerRow(model);
    settings
        .options()
        .cacheMib()
        .filter(mib -> tokens > settings.cacheBytes() / bytesPerRow)
        .ifPresent(
            mib -> {
              throw tooLittle(mib, tokens, bytesPerRow);
            });
  }

  /**
   * How many times the memory holds a prompt with its answer, where both may be kept a second time
   * for the next call.
   *
   * @param tokens of the longest prompt and its answer
   */
  static long held(LanguageModel model, EngineSettings settings, long tokens) {
    return settings.cacheBytes() / (2 * tokens * KeysAndValues.bytesPerRow(model));
  }

  /**
   * Bytes that keys and values take at most.
   *
   * @param documents that the prompts of one call are about
   * @param documentTokens of the largest document with all its prompts and their answers
   */
  static long mostBytes(
      ModelConfig config,
      DType dtype,
      EngineSettings settings,
      long documents,
      long documentTokens) {
    long document = documentTokens * KeysAndValues.bytesPerRow(config, dtype);
    long budget =
        settings.options().cacheMib().isPresent()
            ? settings.cacheBytes()
            : Math.max(settings.cacheBytes(), document);
    return document > budget / documents ? budget : documents * document;
  }

  private static UserError tooLittle(int mib, long rows, long bytesPerRow) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "--cache-mib %,d is too little for the keys and values of the longest document with one"
                + " answer, which need %,d MiB (%,d tokens of %,d bytes); give at least that, or"
                + " shorter documents or answers.",
            mib,
            Math.ceilDiv(rows * bytesPerRow, BYTES_PER_MIB),
            rows,
            bytesPerRow));
  }

  /** Neighbours in the tree of all prompts that share at least half of the longer one. */
  private static List<Unit> units(List<GenerationRequest> requests) {
    TokenTree tree = TokenTree.of(requests.stream().map(GenerationRequest::prompt).toList());
    List<Integer> order =
        IntStream.range(0, requests.size())
            .boxed()
            .sorted(Comparator.comparingInt(tree::lastRowOf))
            .toList();
    List<Unit> units = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= order.size(); i++) {
      if (i == order.size()
          || !shareMost(
              requests.get(order.get(i - 1)).prompt(), requests.get(order.get(i)).prompt())) {
        units.add(unit(requests, order.subList(from, i)));
        from = i;
      }
    }
    return units;
  }

  private static boolean shareMost(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 || 2L * mismatch >= Math.max(one.length, other.length);
  }

  private static Unit unit(List<GenerationRequest> requests, List<Integer> members) {
    List<int[]> prompts = members.stream().map(i -> requests.get(i).prompt()).toList();
    PrefixLayout layout =
        PrefixLayout.of(
            TokenTree.of(prompts), prompts.stream().mapToInt(prompt -> prompt.length).toArray());
    int own =
        IntStream.range(0, prompts.size())
            .map(s -> prompts.get(s).length - layout.ownFrom()[s])
            .max()
            .orElseThrow();
    return new Unit(List.copyOf(members), layout.sharedRows(), own);
  }
}
