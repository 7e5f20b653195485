package org.longpo.training;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.PathLength;
import org.longpo.engine.TreePass;
import org.longpo.engine.UsefulFlops;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/**
 * The sequences of an example that go through the model together: one tree (with several roots
 * where they share nothing), one coefficient per row.
 *
 * <p>Every token but a root's first is predicted by the row before it on its path, so a token's
 * coefficient is kept at the token's own row, and paths that share the row add up there.
 */
final class Forest {
  private static final int NONE = -1;

  private final TokenTree tree;
  private final int[] members;

  /** The row that predicts each row, -1 for the first of a root. */
  private final int[] predecessors;

  private final double[] coefficients;

  /** Rows that anything was added to: a sum may be 0, and its log-prob is still wanted. */
  private final BitSet touched = new BitSet();

  private Forest(TokenTree tree, int[] members) {
    this.tree = tree;
    this.members = members;
    predecessors = predecessors(tree);
    coefficients = new double[tree.rows()];
  }

  /**
   * As few forests as there are sets of rotary frequencies: sequences whose lengths choose others
   * cannot share a pass.
   */
  static List<Forest> of(TrainingExample example, ModelConfig config) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int s = 0; s < example.sequences().size(); s++) {
      int length = example.sequences().get(s).length;
      List<Integer> group =
          groups.stream()
              .filter(
                  g ->
                      PathLength.canShare(
                          config, example.sequences().get(g.getFirst()).length, length))
              .findFirst()
              .orElse(null);
      if (group == null) {
        group = new ArrayList<>();
        groups.add(group);
      }
      group.add(s);
    }
    return groups.stream()
        .map(
            group ->
                new Forest(
                    TokenTree.of(group.stream().map(example.sequences()::get).toList()),
                    group.stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  TreePass forward(LanguageModel model, EngineSettings settings, TreePass.Purpose purpose) {
    return TreePass.forward(model, tree, settings, purpose);
  }

  int rows() {
    return tree.rows();
  }

  boolean holds(int sequence) {
    return local(sequence) >= 0;
  }

  /** The targets of the tokens of a span. */
  Targets targets(ResponseSpan span) {
    return tree.targets(local(span.sequence()), span.start(), span.end());
  }

  /** Adds to the coefficient of every token of a span. */
  void add(ResponseSpan span, double[] perToken) {
    int[] rows = tree.rowsOf(local(span.sequence()));
    for (int i = 0; i < perToken.length; i++) {
      touch(rows[span.start() + i], perToken[i]);
    }
  }

  /** Adds the same to the coefficient of every predicted token of a sequence. */
  void add(int sequence, double perToken) {
    int[] rows = tree.rowsOf(local(sequence));
    for (int i = 1; i < rows.length; i++) {
      touch(rows[i], perToken);
    }
  }

  /**
   * Back-propagates the coefficients, each times {@code scale}.
   *
   * @return the log-prob (nats) of every row's token; 0 where there is no coefficient
   */
  double[] backward(TreePass pass, double scale) {
    int[] rows = touched.stream().toArray();
    double[] scaled = IntStream.of(rows).mapToDouble(r -> scale * coefficients[r]).toArray();
    return byRow(rows, pass.backward(targets(rows), scaled));
  }

  /** What {@link #backward} returns, without going backward. */
  double[] read(TreePass pass) {
    int[] rows = touched.stream().toArray();
    return byRow(rows, pass.logProbs(targets(rows)));
  }

  private Targets targets(int[] rows) {
    return new Targets(
        IntStream.of(rows).map(r -> predecessors[r]).toArray(),
        IntStream.of(rows).map(tree::token).toArray());
  }

  private double[] byRow(int[] rows, double[] read) {
    double[] byRow = new double[tree.rows()];
    for (int i = 0; i < rows.length; i++) {
      byRow[rows[i]] = read[i];
    }
    return byRow;
  }

  /** Operations of forward and backward; see {@link UsefulFlops}. */
  double usefulFlops(ModelConfig config, double trainedShare) {
    return UsefulFlops.ofTrainingStep(config, tree, touched.cardinality(), trainedShare);
  }

  /** The sum over a sequence's predicted tokens of what {@link #backward} returned. */
  double sum(int sequence, double[] byRow) {
    int[] rows = tree.rowsOf(local(sequence));
    return IntStream.range(1, rows.length).mapToDouble(i -> byRow[rows[i]]).sum();
  }

  private void touch(int row, double coefficient) {
    coefficients[row] += coefficient;
    touched.set(row);
  }

  private int local(int sequence) {
    for (int i = 0; i < members.length; i++) {
      if (members[i] == sequence) {
        return i;
      }
    }
    return NONE;
  }

  private static int[] predecessors(TokenTree tree) {
    int[] predecessors = new int[tree.rows()];
    for (TokenTree.Node node : tree.nodes()) {
      predecessors[node.start()] = node.isRoot() ? NONE : tree.nodes().get(node.parent()).end() - 1;
      for (int row = node.start() + 1; row < node.end(); row++) {
        predecessors[row] = row - 1;
      }
    }
    return predecessors;
  }
}
