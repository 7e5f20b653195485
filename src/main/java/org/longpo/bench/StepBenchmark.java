package org.longpo.bench;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.TreePass;
import org.longpo.engine.UsefulFlops;
import org.longpo.progress.Cancellation;
import org.longpo.tensor.GemmRate;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/**
 * Times training steps: forward, log-probabilities and backward, gradients included, without the
 * optimizer.
 */
public final class StepBenchmark {
  private static final long SEED = 1;

  private final LanguageModel model;
  private final EngineSettings settings;
  private final int warmUps;
  private final int repeats;

  public StepBenchmark(LanguageModel model, EngineSettings settings, int warmUps, int repeats) {
    this.model = model;
    this.settings = settings;
    this.warmUps = warmUps;
    this.repeats = repeats;
  }

  /**
   * @param shared whether the sequences go through as one tree, or one by one as an unshared
   *     trainer has it
   */
  public StepResult run(StepCase step, boolean shared, Cancellation cancellation) {
    double gemm = GemmRate.measure(model.dtype(), model.device());
    List<int[]> sequences = step.sequences(model.config().vocabularySize(), SEED);
    List<TokenTree> trees =
        shared
            ? List.of(TokenTree.of(sequences))
            : sequences.stream().map(s -> TokenTree.of(List.of(s))).toList();
    double[] seconds = new double[repeats];
    long peak = 0;
    boolean known = true;
    for (int run = -warmUps; run < repeats; run++) {
      cancellation.throwIfRequested();
      OptionalLong before = PeakMemory.reset();
      long start = System.nanoTime();
      step(step, trees);
      double elapsed = (System.nanoTime() - start) / 1e9;
      if (run >= 0) {
        seconds[run] = elapsed;
        known &= before.isPresent();
        peak = Math.max(peak, known ? PeakMemory.peakBytes() - before.orElseThrow() : 0);
      }
    }
    TokenTree tree = TokenTree.of(sequences);
    long headRows = Arrays.stream(step.trained(tree).rows()).distinct().count();
    return new StepResult(
        step,
        shared,
        seconds,
        UsefulFlops.ofTrainingStep(model.config(), tree, headRows),
        gemm,
        known ? OptionalLong.of(peak) : OptionalLong.empty(),
        BytesPerToken.ofTrainingStep(model.config(), model.dtype()));
  }

  /** One step over a document, with new gradients so that their memory counts. */
  private void step(StepCase step, List<TokenTree> trees) {
    try (Scope ignored = Scope.open()) {
      model.parameters().values().forEach(Parameter::train);
      trees.forEach(tree -> pass(step, tree));
      Libtorch.synchronize(model.device());
    }
  }

  private void pass(StepCase step, TokenTree tree) {
    try (TreePass pass = TreePass.forward(model, tree, settings, TreePass.Purpose.TRAIN)) {
      pass.logProbs(step.responses(tree));
      Targets trained = step.trained(tree);
      double[] coefficients = new double[trained.size()];
      Arrays.fill(coefficients, 1.0 / trained.size());
      pass.backward(trained, coefficients);
    }
  }
}
