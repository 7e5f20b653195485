package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/** Log-probabilities of given tokens, in one pass, which reads shared prefixes once. */
public final class Scorer {
  private final LanguageModel model;
  private final EngineSettings settings;

  public Scorer(LanguageModel model, EngineSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /**
   * @param logProbs natural log-probabilities of the scored tokens
   * @param greedy whether each of them is the most likely one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Scored(double[] logProbs, boolean greedy) {}

  /**
   * Natural log-probabilities of the tokens [starts[i], end) of every sequence.
   *
   * @param starts at least 1: nothing predicts the first token
   * @throws org.longpo.error.UserError if one of them is not finite, or the embedding has no row
   *     for a token
   */
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    return read(sequences, starts, false).stream().map(Scored::logProbs).toList();
  }

  /** As {@link #logProbs}, and whether a greedy decoder would have written the same. */
  public List<Scored> score(List<int[]> sequences, int[] starts) {
    return read(sequences, starts, true);
  }

  private List<Scored> read(List<int[]> sequences, int[] starts, boolean withGreedy) {
    Scored[] results = new Scored[sequences.size()];
    int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
    for (List<Integer> group : PathLength.groups(model.config(), lengths)) {
      TokenTree tree = TokenTree.of(group.stream().map(sequences::get).toList());
      List<Targets> targets = new ArrayList<>();
      for (int i = 0; i < group.size(); i++) {
        int sequence = group.get(i);
        targets.add(tree.targets(i, starts[sequence], lengths[sequence]));
      }
      Targets all = Targets.concatenate(targets);
      double[] read;
      int[] best;
      try (TreePass pass = TreePass.forward(model, tree, settings, TreePass.Purpose.SCORE)) {
        read = pass.logProbs(all);
        best = withGreedy ? pass.mostLikely(all.rows()) : all.tokens();
      }
      NonFiniteOutput.refuse(
          read, model, settings, () -> group.stream().map(sequences::get).toList());
      int at = 0;
      for (int i = 0; i < group.size(); i++) {
        int end = at + targets.get(i).size();
        boolean greedy = Arrays.equals(best, at, end, all.tokens(), at, end);
        results[group.get(i)] = new Scored(Arrays.copyOfRange(read, at, end), greedy);
        at = end;
      }
    }
    return List.of(results);
  }
}
