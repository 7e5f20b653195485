package org.longpo.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.OptimizerKind;
import org.longpo.training.OptimizerSettings;
import org.longpo.training.OverLength;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Option;

/** The options of training, with the names of Hugging Face and TRL. */
final class TrainOptions {
  /** Where the paper's lambda of 0.01 holds; shorter lengths keep lambda * beta * length. */
  private static final double PAPER_LENGTH = 131_072;

  private static final double PAPER_LAMBDA = 0.01;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "5e-7",
      description = "Peak learning rate. Default: ${DEFAULT-VALUE} (the paper's, for 7B models).")
  private double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "B",
      defaultValue = "0.1",
      description =
          "Strength of the short-to-long constraint. Default: ${DEFAULT-VALUE} (the paper's; its"
              + " code's README has 0.01).")
  private double beta;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description =
          "Weight of the preference term, the NLL having weight 1. Default: 0.01 at 131,072 tokens"
              + " (the paper's), and more at shorter lengths, so that lambda times length stays.")
  private @Nullable Double lambda;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      defaultValue = "tree",
      description =
          "tree: every instruction follows the document alone, as it was sampled; chain: the turns"
              + " follow each other, as in the paper's code. Default: ${DEFAULT-VALUE}.")
  private String layout = "tree";

  @Option(
      names = "--sigmoid",
      paramLabel = "NAME",
      defaultValue = "per_pair",
      description = "per_pair, or joint: one per document (Eq. 13). Default: ${DEFAULT-VALUE}.")
  private Sigmoid sigmoid = Sigmoid.PER_PAIR;

  @Option(
      names = "--nll-span",
      paramLabel = "NAME",
      defaultValue = "whole_sequence",
      description = "whole_sequence, response or none. Default: ${DEFAULT-VALUE}.")
  private NllSpan nllSpan = NllSpan.WHOLE_SEQUENCE;

  @Option(
      names = "--optim",
      paramLabel = "NAME",
      defaultValue = "adamw",
      description = "adamw or rmsprop. Default: ${DEFAULT-VALUE}.")
  private String optim = "adamw";

  @Option(
      names = "--lr-scheduler-type",
      paramLabel = "NAME",
      defaultValue = "cosine",
      description = "cosine, linear or constant. Default: ${DEFAULT-VALUE}.")
  private String schedule = "cosine";

  @Option(
      names = "--warmup-ratio",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of the steps in which the rate rises. Default: ${DEFAULT-VALUE}.")
  private double warmupRatio;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      defaultValue = "0",
      description = "Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--max-grad-norm",
      paramLabel = "NORM",
      defaultValue = "1",
      description = "Gradients are clipped to it; 0: never. Default: ${DEFAULT-VALUE}.")
  private double maxGradNorm;

  @Option(
      names = "--num-train-epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Passes over the pairs. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--gradient-accumulation-steps",
      paramLabel = "N",
      defaultValue = "8",
      description = "Documents per step. Default: ${DEFAULT-VALUE} (the paper's).")
  private int documentsPerStep;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Tokens that a training sequence may have. Default: any.")
  private @Nullable Integer maxLength;

  @Option(
      names = "--over-length",
      paramLabel = "NAME",
      defaultValue = "error",
      description =
          "What becomes of longer ones: error, drop or truncate-document (never the answer)."
              + " Default: ${DEFAULT-VALUE}.")
  private String overLength = "error";

  @Option(
      names = "--save-steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps between checkpoints to resume from. Default: ${DEFAULT-VALUE}.")
  private int saveSteps;

  @Option(
      names = "--logging-steps",
      paramLabel = "N",
      defaultValue = "1",
      description = "Steps per line of metrics. Default: ${DEFAULT-VALUE}.")
  private int loggingSteps;

  /** {@code lengthTokens}: the length of the round, which decides lambda's default. */
  TrainingSettings settings(int lengthTokens, Optional<Double> ropeTheta, long seed) {
    double weight =
        lambda == null ? PAPER_LAMBDA * Math.max(1, PAPER_LENGTH / lengthTokens) : lambda;
    return new TrainingSettings(
        new LongPo(beta, weight, sigmoid, nllSpan, Input.SHORT),
        SequenceLayout.parse(layout),
        new OptimizerSettings(
            OptimizerKind.parse(optim),
            learningRate,
            LearningRateSchedule.parse(schedule),
            warmupRatio,
            weightDecay,
            maxGradNorm),
        epochs,
        documentsPerStep,
        maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength),
        OverLength.parse(overLength),
        ropeTheta.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        saveSteps,
        loggingSteps,
        /* maxSkippedSteps= */ 10,
        seed);
  }
}
