package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.tree.TokenTree;

/**
 * How the rows of a prefilled tree are kept while its sequences are decoded. Rows that several
 * sequences read, or many that one reads, are kept once, as spans. What is left, the end of each
 * prompt and a draft, belongs to its sequence alone and is kept with the tokens that it draws, so
 * that the ends of all sequences are read by one operation.
 *
 * @param order sequences in the order of their last rows: those that read a span are neighbours
 * @param spans in the order of their rows
 * @param ownFrom by sequence, the position from which on rows are its own
 */
@SuppressWarnings("ArrayRecordComponent")
record PrefixLayout(TokenTree tree, int[] order, List<Span> spans, int[] ownFrom) {
  /**
   * A stretch that one sequence reads is a span where it is longer: it would pad the ends of all
   * others.
   */
  private static final int MOST_OWN_ROWS = 512;

  /**
   * Rows that a span of several sequences saves at least: each span is an operation of its own in
   * every layer and step.
   */
  private static final int LEAST_SAVED_ROWS = 512;

  /**
   * Rows that a range of sequences reads.
   *
   * @param start first row in the tree
   * @param end row after the last
   * @param at how many rows of earlier spans there are
   * @param firstPosition of row {@code start}
   * @param first of the sequences, by their place in {@link #order}
   * @param last the one after the last
   */
  record Span(int start, int end, int at, int firstPosition, int first, int last) {
    int length() {
      return end - start;
    }

    private Span at(int rows) {
      return new Span(start, end, rows, firstPosition, first, last);
    }
  }

  /**
   * @param promptLengths by sequence: tokens that are certain; what follows is a draft, which no
   *     other sequence shares
   * @param mostOwnRows of a prompt; where more would be left, they are spans too
   */
  static PrefixLayout of(TokenTree tree, int[] promptLengths, int mostOwnRows) {
    int[] order = inTreeOrder(tree);
    int[] lastRows = Arrays.stream(order).map(tree::lastRowOf).toArray();
    List<Span> candidates =
        tree.nodes().stream().map(node -> certain(node, order, lastRows, promptLengths)).toList();
    boolean[] isWanted = wanted(tree, candidates);
    PrefixLayout layout = of(tree, order, candidates, isWanted);
    int[] tooLong =
        IntStream.range(0, tree.sequences())
            .filter(s -> promptLengths[s] - layout.ownFrom[s] > mostOwnRows)
            .toArray();
    if (tooLong.length == 0) {
      return layout;
    }
    for (int n = 0; n < isWanted.length; n++) {
      Span span = candidates.get(n);
      isWanted[n] |=
          Arrays.stream(tooLong)
              .anyMatch(s -> IntStream.range(span.first, span.last).anyMatch(i -> order[i] == s));
    }
    return of(tree, order, candidates, isWanted);
  }

  /** With only {@link #MOST_OWN_ROWS} as a limit of own rows. */
  static PrefixLayout of(TokenTree tree, int[] promptLengths) {
    return of(tree, promptLengths, MOST_OWN_ROWS);
  }

  private static PrefixLayout of(
      TokenTree tree, int[] order, List<Span> candidates, boolean[] isWanted) {
    List<Span> spans = new ArrayList<>();
    int[] ownFrom = new int[tree.sequences()];
    boolean[] isWhole = new boolean[candidates.size()];
    int rows = 0;
    for (int n = 0; n < isWhole.length; n++) {
      TokenTree.Node node = tree.nodes().get(n);
      Span span = candidates.get(n).at(rows);
      boolean isReached = node.isRoot() || isWhole[node.parent()];
      if (!isReached || !isWanted[n] || span.length() == 0) {
        continue;
      }
      spans.add(span);
      rows += span.length();
      for (int i = span.first(); i < span.last(); i++) {
        ownFrom[order[i]] = span.firstPosition() + span.length();
      }
      isWhole[n] = span.length() == node.length();
    }
    return new PrefixLayout(tree, order, List.copyOf(spans), ownFrom);
  }

  /** The rows of a node that all its sequences read for certain. */
  private static Span certain(
      TokenTree.Node node, int[] order, int[] lastRows, int[] promptLengths) {
    int first = countBelow(lastRows, node.start());
    int last = countBelow(lastRows, node.subtreeEnd());
    int certain =
        IntStream.range(first, last).map(i -> promptLengths[order[i]]).min().orElseThrow();
    int length = Math.clamp(certain - node.firstPosition(), 0, node.length());
    return new Span(node.start(), node.start() + length, 0, node.firstPosition(), first, last);
  }

  /** Which nodes are worth a span, themselves or for one below them: spans begin at a root. */
  private static boolean[] wanted(TokenTree tree, List<Span> candidates) {
    boolean[] isWanted = new boolean[candidates.size()];
    for (int n = isWanted.length - 1; n >= 0; n--) {
      Span span = candidates.get(n);
      isWanted[n] |=
          span.length() > MOST_OWN_ROWS
              || (span.last() - span.first() - 1L) * span.length() >= LEAST_SAVED_ROWS;
      if (isWanted[n] && !tree.nodes().get(n).isRoot()) {
        isWanted[tree.nodes().get(n).parent()] = true;
      }
    }
    return isWanted;
  }

  /** Rows of all spans. */
  int sharedRows() {
    return spans.isEmpty() ? 0 : spans.getLast().at() + spans.getLast().length();
  }

  /** Rows of the tree that are a sequence's own, in the order of their positions. */
  int[] ownRows(int sequence) {
    return Arrays.copyOfRange(tree.rowsOf(sequence), ownFrom[sequence], tree.length(sequence));
  }

  private static int[] inTreeOrder(TokenTree tree) {
    return IntStream.range(0, tree.sequences())
        .boxed()
        .sorted(Comparator.comparingInt(tree::lastRowOf))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many of some sorted rows come before {@code row}. */
  private static int countBelow(int[] sorted, int row) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
