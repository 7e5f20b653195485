package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * The prompts of the last of several calls: those of the next call are read from where they begin
 * to differ from them. So a document is read once for all that is asked about it in turn.
 *
 * <p>Between calls it keeps at most half of the memory for keys and values that the settings give,
 * longer prompts not at all; that comes on top of what a call needs.
 */
public final class KeptPrompts implements AutoCloseable {
  /** The part of the memory for keys and values that is kept between calls. */
  private static final int KEPT_PART = 2;

  private final LanguageModel model;
  private final EngineSettings settings;
  private List<Kept> kept = new ArrayList<>();
  private List<Kept> ofThisCall = new ArrayList<>();

  public KeptPrompts(LanguageModel model, EngineSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /**
   * The rows of a tree that was read.
   *
   * @param sorted its sequences, by their tokens
   * @param numbers of these in the tree
   * @param pathLength for RoPE whose frequencies depend on it
   * @param layers keys and values of all its rows
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Kept(
      TokenTree tree,
      List<int[]> sorted,
      int[] numbers,
      int pathLength,
      List<KeysAndValues> layers) {
    static Kept of(LanguageModel model, TokenTree tree, List<int[]> sequences, int pathLength) {
      int[] numbers =
          IntStream.range(0, sequences.size())
              .boxed()
              .sorted(Comparator.comparing(sequences::get, Arrays::compare))
              .mapToInt(Integer::intValue)
              .toArray();
      return new Kept(
          tree,
          Arrays.stream(numbers).mapToObj(sequences::get).toList(),
          numbers,
          pathLength,
          IntStream.range(0, model.config().layers())
              .mapToObj(layer -> KeysAndValues.empty(model, tree.rows()).outliveScopes())
              .toList());
    }

    /** Rows of the longest beginning of a sequence that was read, by position. */
    int[] rowsOfBeginning(int[] sequence) {
      int after = 0;
      int before = sorted.size();
      while (after < before) {
        int middle = (after + before) >>> 1;
        if (Arrays.compare(sorted.get(middle), sequence) < 0) {
          after = middle + 1;
        } else {
          before = middle;
        }
      }
      // The one that agrees longest is a neighbour of the place where it would stand.
      int best = 0;
      int longest = 0;
      for (int i = Math.max(0, after - 1); i < Math.min(sorted.size(), after + 1); i++) {
        int agreed = agreed(sorted.get(i), sequence);
        if (agreed > longest) {
          longest = agreed;
          best = i;
        }
      }
      return longest == 0 ? new int[0] : Arrays.copyOf(tree.rowsOf(numbers[best]), longest);
    }

    private static int agreed(int[] one, int[] other) {
      int mismatch = Arrays.mismatch(one, other);
      return mismatch < 0 ? one.length : mismatch;
    }

    void free() {
      layers.forEach(KeysAndValues::free);
    }
  }

  /**
   * Draws answers as {@link Generator} does.
   *
   * @throws org.longpo.error.UserError as there
   */
  public List<Generated> generate(
      List<GenerationRequest> requests,
      Sampling sampling,
      int maxNewTokens,
      int[] endTokens,
      Generator.Listener listener) {
    try {
      return new Generator(model, settings)
          .generate(requests, sampling, maxNewTokens, endTokens, listener, Optional.of(this));
    } finally {
      forget(kept);
      kept = ofThisCall;
      ofThisCall = new ArrayList<>();
    }
  }

  /**
   * A tree that is to be read.
   *
   * @param sequences of the tree
   * @param wanted rows that are read in any case
   * @param pathLength for RoPE whose frequencies depend on it
   */
  Reading reading(TokenTree tree, List<int[]> sequences, int[] wanted, int pathLength) {
    return new Reading(tree, sequences, wanted, pathLength);
  }

  /** What of a new tree has to be read, and where its keys and values go. */
  final class Reading implements Prefill.Memory {
    private final Kept into;
    private final int[] unread;
    private final List<Known> known = new ArrayList<>();
    private int complete = -1;

    /** Rows of an earlier tree that are rows of the new one. */
    private record Known(Kept from, Tensor rows, Tensor places) {}

    /**
     * Indices are made in the scope that is open now.
     *
     * @param wanted rows that are read in any case: what comes after them is drawn
     */
    private Reading(TokenTree tree, List<int[]> sequences, int[] wanted, int pathLength) {
      into = Kept.of(model, tree, sequences, pathLength);
      boolean[] isWanted = new boolean[tree.rows()];
      Arrays.stream(wanted).forEach(row -> isWanted[row] = true);
      boolean[] isKnown = new boolean[tree.rows()];
      for (Kept earlier : kept) {
        if (!PathLength.canShare(model.config(), earlier.pathLength(), pathLength)) {
          continue;
        }
        List<Integer> rows = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int s = 0; s < sequences.size(); s++) {
          int[] path = tree.rowsOf(s);
          int[] old = earlier.rowsOfBeginning(sequences.get(s));
          for (int position = 0; position < old.length; position++) {
            int row = path[position];
            if (!isKnown[row] && !isWanted[row]) {
              isKnown[row] = true;
              rows.add(old[position]);
              places.add(row);
            }
          }
        }
        if (!rows.isEmpty()) {
          known.add(new Known(earlier, index(rows), index(places)));
        }
      }
      unread = IntStream.range(0, tree.rows()).filter(row -> !isKnown[row]).toArray();
    }

    private Tensor index(List<Integer> values) {
      return Tensor.of(values.stream().mapToInt(Integer::intValue).toArray(), model.device());
    }

    int[] unread() {
      return unread;
    }

    @Override
    public KeysAndValues rows(int layer) {
      KeysAndValues rows = into.layers().get(layer);
      try (Scope ignored = Scope.open()) {
        known.forEach(
            one -> rows.copyRows(one.from().layers().get(layer), one.rows(), one.places()));
      }
      return rows;
    }

    /** Keys and values of all rows of the tree. */
    KeysAndValues layer(int layer) {
      return into.layers().get(layer);
    }

    long rows() {
      return into.tree().rows();
    }

    @Override
    public void complete(int layer, KeysAndValues rows) {
      complete = layer;
    }

    /** The sequences have ended: the rows are kept for the next call, if there is room. */
    void finish() {
      long rows = rows() + ofThisCall.stream().mapToLong(one -> one.tree().rows()).sum();
      boolean isWhole = complete == model.config().layers() - 1;
      if (isWhole && rows * KeysAndValues.bytesPerRow(model) <= settings.cacheBytes() / KEPT_PART) {
        ofThisCall.add(into);
      } else {
        into.free();
      }
    }
  }

  private static void forget(List<Kept> some) {
    some.forEach(Kept::free);
    some.clear();
  }

  @Override
  public void close() {
    forget(kept);
    forget(ofThisCall);
  }
}
