package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.tree.TokenTree;

/**
 * In which order prompts are read, and how many answers are drawn at a time, so that keys and
 * values stay within a budget.
 *
 * @param units in the order in which they are read
 * @param slots sequences at a time
 * @param slotRows rows that one sequence may need for itself
 * @param sharedRows rows that prompts may share at a time
 */
record DecodingPlan(List<Unit> units, int slots, int slotRows, long sharedRows) {
  /** More sequences at a time make a product hardly more efficient. */
  private static final int MOST_SEQUENCES = 512;

  private static final long BYTES_PER_MIB = 1 << 20;

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
  }

  /**
   * @throws UserError if the budget that the user gave is too small for one unit
   */
  static DecodingPlan of(
      LanguageModel model,
      EngineSettings settings,
      List<GenerationRequest> requests,
      int maxNewTokens) {
    List<Unit> units = units(requests);
    int slotRows = units.stream().mapToInt(Unit::ownRows).max().orElseThrow() + maxNewTokens;
    long bytesPerRow = KeysAndValues.bytesPerRow(model);
    int most = units.stream().mapToInt(Unit::size).max().orElseThrow();
    long shared = units.stream().mapToInt(Unit::sharedRows).max().orElseThrow();
    long needed =
        units.stream()
            .mapToLong(u -> u.sharedRows() + (long) u.size() * slotRows)
            .max()
            .orElseThrow();
    long rows = settings.cacheBytes() / bytesPerRow;
    if (needed > rows) {
      if (settings.options().cacheMib().isPresent()) {
        throw tooSmall(settings.options().cacheMib().get(), needed, bytesPerRow, most);
      }
      rows = shared + (long) most * slotRows;
    }
    long wanted = Math.min(Math.max(MOST_SEQUENCES, most), requests.size());
    int slots = (int) Math.clamp((rows - shared) / slotRows, most, wanted);
    return new DecodingPlan(units, slots, slotRows, rows - (long) slots * slotRows);
  }

  private static UserError tooSmall(int mib, long rows, long bytesPerRow, int answers) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "--cache-mib %,d is too little for one document with its answers (up to %,d at a"
                + " time): their keys and values need %,d MiB (%,d tokens of %,d bytes); give at"
                + " least that, or fewer or shorter answers.",
            mib,
            answers,
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
