package org.longpo.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trie of complete token sequences, laid out as one row of tokens in depth-first order, so that
 * the descendants of a node follow directly after it.
 *
 * <p>It is built from whole sequences: the tokens are exactly those of separate prompts, and shared
 * prefixes are found, not assumed. Sequences without a shared prefix have roots of their own.
 */
public final class TokenTree {
  private static final int NONE = -1;

  /**
   * A span of tokens without a branch in it.
   *
   * @param parent index of the parent node, -1 for a root
   * @param start first row of the node's tokens
   * @param end row after the node's last token
   * @param firstPosition depth of the first token: number of tokens on the path before it
   * @param subtreeEnd row after the last descendant; descendants are the rows [end, subtreeEnd)
   */
  public record Node(int parent, int start, int end, int firstPosition, int subtreeEnd) {
    public int length() {
      return end - start;
    }

    public boolean isRoot() {
      return parent == NONE;
    }
  }

  private final int[] tokens;
  private final int[] positions;
  private final List<Node> nodes;
  private final int[] lastNodes;
  private final int[] lengths;

  private TokenTree(
      int[] tokens, int[] positions, List<Node> nodes, int[] lastNodes, int[] lengths) {
    this.tokens = tokens;
    this.positions = positions;
    this.nodes = List.copyOf(nodes);
    this.lastNodes = lastNodes;
    this.lengths = lengths;
  }

  /**
   * The tree of the given sequences; equal ones share all their rows.
   *
   * @throws IllegalArgumentException if there is no sequence, or an empty one
   */
  public static TokenTree of(List<int[]> sequences) {
    return of(sequences, sequences.stream().mapToInt(sequence -> sequence.length).toArray(), 1);
  }

  /**
   * The same, but beginnings are shared only where that saves rows: a few tokens that some
   * sequences have in common may cost more as a node of their own than read once for each.
   *
   * @param shareable by sequence: tokens that it may share with others; those after them are in a
   *     node of its own whatever others read
   * @param leastSavedRows rows that a shared node must save at least
   * @throws IllegalArgumentException if there is no sequence, or an empty one
   */
  public static TokenTree of(List<int[]> sequences, int[] shareable, int leastSavedRows) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("a token tree needs at least one sequence");
    }
    for (int i = 0; i < sequences.size(); i++) {
      if (sequences.get(i).length == 0) {
        throw new IllegalArgumentException("sequence " + i + " of a token tree is empty");
      }
    }
    return new Builder(sequences, shareable, leastSavedRows).build();
  }

  /** Number of rows: tokens of all nodes, shared ones counted once. */
  public int rows() {
    return tokens.length;
  }

  /** Token of every row. */
  public int[] tokens() {
    return tokens.clone();
  }

  public int token(int row) {
    return tokens[row];
  }

  /** Position (depth) of every row. */
  public int[] positions() {
    return positions.clone();
  }

  /** Nodes in the order of their rows. */
  public List<Node> nodes() {
    return nodes;
  }

  public int sequences() {
    return lengths.length;
  }

  public int length(int sequence) {
    return lengths[sequence];
  }

  /** Tokens that separate passes over the sequences would read. */
  public long unsharedTokens() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /** The row of every token of a sequence. */
  public int[] rowsOf(int sequence) {
    int[] rows = new int[lengths[sequence]];
    for (int n = lastNodes[sequence]; n != NONE; n = nodes.get(n).parent()) {
      Node node = nodes.get(n);
      for (int row = node.start(); row < node.end(); row++) {
        rows[node.firstPosition() + row - node.start()] = row;
      }
    }
    return rows;
  }

  /** The row of a sequence's last token: it predicts what follows the sequence. */
  public int lastRowOf(int sequence) {
    return nodes.get(lastNodes[sequence]).end() - 1;
  }

  /**
   * The targets of tokens [start, end) of a sequence: for each the row before it, which predicts
   * it. The row of a node's last token serves every child's first token.
   *
   * @throws IllegalArgumentException if start is 0: nothing predicts the first token
   */
  public Targets targets(int sequence, int start, int end) {
    if (start < 1 || end > lengths[sequence] || start > end) {
      throw new IllegalArgumentException(
          "targets ["
              + start
              + ", "
              + end
              + ") of a sequence of "
              + lengths[sequence]
              + " tokens; the first token has no prediction");
    }
    int[] path = rowsOf(sequence);
    int[] predicted = new int[end - start];
    for (int i = start; i < end; i++) {
      predicted[i - start] = tokens[path[i]];
    }
    return new Targets(Arrays.copyOfRange(path, start - 1, end - 1), predicted);
  }

  private static final class Builder {
    private final List<int[]> sequences;
    private final List<Node> nodes = new ArrayList<>();
    private final int[] tokens;
    private final int[] positions;
    private final int[] lastNodes;
    private final int[] shareable;
    private final int leastSavedRows;
    private int rows;

    Builder(List<int[]> sequences, int[] shareable, int leastSavedRows) {
      this.sequences = sequences;
      this.shareable = shareable;
      this.leastSavedRows = leastSavedRows;
      int capacity = Math.toIntExact(sequences.stream().mapToLong(s -> s.length).sum());
      tokens = new int[capacity];
      positions = new int[capacity];
      lastNodes = new int[sequences.size()];
    }

    TokenTree build() {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        all.add(i);
      }
      branch(all, 0, NONE);
      int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
      return new TokenTree(
          Arrays.copyOf(tokens, rows), Arrays.copyOf(positions, rows), nodes, lastNodes, lengths);
    }

    /** Groups sequences by their token at {@code depth}, in order of appearance. */
    private void branch(List<Integer> members, int depth, int parent) {
      members.stream()
          .filter(member -> sequences.get(member).length == depth)
          .forEach(member -> lastNodes[member] = parent);
      byToken(members, depth).forEach(group -> addNodes(group, depth, parent));
    }

    /** Those that go on at {@code depth}, by how they do. */
    private Collection<List<Integer>> byToken(List<Integer> members, int depth) {
      Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
      List<List<Integer>> alone = new ArrayList<>();
      for (int member : members) {
        int[] sequence = sequences.get(member);
        if (shareable[member] > depth) {
          groups.computeIfAbsent(sequence[depth], token -> new ArrayList<>()).add(member);
        } else if (sequence.length > depth) {
          alone.add(List.of(member));
        }
      }
      alone.addAll(groups.values());
      return alone;
    }

    /** One node, or several that begin alike where one would save too little. */
    private void addNodes(List<Integer> members, int depth, int parent) {
      int end = commonEnd(members, depth);
      if (members.size() == 1 || (members.size() - 1L) * (end - depth) >= leastSavedRows) {
        addNode(members, depth, end, parent);
        return;
      }
      members.stream()
          .filter(member -> sequences.get(member).length == end)
          .forEach(member -> addNode(List.of(member), depth, end, parent));
      byToken(members, end).forEach(group -> addNodes(group, depth, parent));
    }

    /** How far sequences that agree up to {@code depth} agree. */
    private int commonEnd(List<Integer> members, int depth) {
      int[] first = sequences.get(members.getFirst());
      int end = members.size() == 1 ? first.length : shareable[members.getFirst()];
      for (int member : members.subList(1, members.size())) {
        int[] other = sequences.get(member);
        int mismatch =
            Arrays.mismatch(first, depth, end, other, depth, Math.min(end, shareable[member]));
        end = mismatch < 0 ? end : depth + mismatch;
      }
      return end;
    }

    private void addNode(List<Integer> members, int depth, int end, int parent) {
      int[] first = sequences.get(members.getFirst());
      int start = rows;
      for (int position = depth; position < end; position++) {
        tokens[rows] = first[position];
        positions[rows] = position;
        rows++;
      }
      int index = nodes.size();
      nodes.add(new Node(parent, start, rows, depth, rows));
      branch(members, end, index);
      nodes.set(index, new Node(parent, start, start + end - depth, depth, rows));
    }
  }
}
