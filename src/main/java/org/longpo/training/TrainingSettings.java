package org.longpo.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.objective.Objective;

/**
 * A training run; component names are Hugging Face's and TRL's in camel case.
 *
 * @param objective the loss and its own settings
 * @param layout how several instructions of one document stand together
 * @param optimizer optimizer, rate and schedule
 * @param numTrainEpochs passes over the data
 * @param gradientAccumulationSteps documents per step; the step is the mean over them
 * @param maxLength tokens that a sequence may have; empty: any
 * @param overLength what becomes of longer ones
 * @param ropeTheta RoPE theta of the policy; empty: the checkpoint's. The exported configuration
 *     has it
 * @param ropeScaling RoPE scaling of the policy, as config.json has it; empty: the checkpoint's.
 *     The exported configuration has it
 * @param saveSteps steps between checkpoints
 * @param loggingSteps steps per line of metrics
 * @param maxSkippedSteps steps in a row that may be skipped for a loss or gradient that is not
 *     finite, before the run stops
 * @param seed decides the order of the data, which documents are held out, and adapters' first
 *     values
 * @param tuning which weights are trained
 * @param mergeAdapter whether the trained checkpoint is the model with LoRA's adapter merged into
 *     it, and not the adapter alone
 * @param evaluation evaluation during training
 * @param deterministic whether only kernels are used that give the same bits every time; the CPU's
 *     do anyway
 */
public record TrainingSettings(
    Objective objective,
    SequenceLayout layout,
    OptimizerSettings optimizer,
    int numTrainEpochs,
    int gradientAccumulationSteps,
    OptionalInt maxLength,
    OverLength overLength,
    OptionalDouble ropeTheta,
    Optional<String> ropeScaling,
    int saveSteps,
    int loggingSteps,
    int maxSkippedSteps,
    long seed,
    Tuning tuning,
    boolean mergeAdapter,
    EvaluationSettings evaluation,
    boolean deterministic) {
  public TrainingSettings {
    requirePositive("num_train_epochs", numTrainEpochs);
    requirePositive("gradient_accumulation_steps", gradientAccumulationSteps);
    requirePositive("max_length", maxLength.orElse(1));
    requirePositive("save_steps", saveSteps);
    requirePositive("logging_steps", loggingSteps);
    requirePositive("max_skipped_steps", maxSkippedSteps);
    double theta = ropeTheta.orElse(10_000);
    if (!(theta > 1) || Double.isInfinite(theta)) {
      throw new UserError("rope_theta must be a number above 1, but is " + theta + ".");
    }
  }

  /** All weights are trained, and no document is held out. */
  public TrainingSettings(
      Objective objective,
      SequenceLayout layout,
      OptimizerSettings optimizer,
      int numTrainEpochs,
      int gradientAccumulationSteps,
      OptionalInt maxLength,
      OverLength overLength,
      OptionalDouble ropeTheta,
      Optional<String> ropeScaling,
      int saveSteps,
      int loggingSteps,
      int maxSkippedSteps,
      long seed) {
    this(
        objective,
        layout,
        optimizer,
        numTrainEpochs,
        gradientAccumulationSteps,
        maxLength,
        overLength,
        ropeTheta,
        ropeScaling,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        seed,
        Tuning.FULL,
        /* mergeAdapter= */ true,
        EvaluationSettings.NONE,
        /* deterministic= */ false);
  }

  /**
   * The paper's batch of 8 documents and one epoch on our layout (a tree), with its optimizer. The
   * rest is ours: a checkpoint every 100 steps, every step logged, at most 10 skipped in a row.
   *
   * @param objective has no default: beta and lambda depend on the length, see {@link
   *     org.longpo.objective.PreferenceToNllWeight}
   */
  public static TrainingSettings defaults(Objective objective) {
    return new TrainingSettings(
        objective,
        SequenceLayout.TREE,
        OptimizerSettings.defaults(),
        /* numTrainEpochs= */ 1,
        /* gradientAccumulationSteps= */ 8,
        OptionalInt.empty(),
        OverLength.ERROR,
        OptionalDouble.empty(),
        Optional.empty(),
        /* saveSteps= */ 100,
        /* loggingSteps= */ 1,
        /* maxSkippedSteps= */ 10,
        /* seed= */ 42);
  }

  /** With a limit of tokens and what becomes of documents beyond it. */
  public TrainingSettings withMaxLength(OptionalInt tokens, OverLength choice) {
    return new TrainingSettings(
        objective,
        layout,
        optimizer,
        numTrainEpochs,
        gradientAccumulationSteps,
        tokens,
        choice,
        ropeTheta,
        ropeScaling,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        seed,
        tuning,
        mergeAdapter,
        evaluation,
        deterministic);
  }

  /** Training some weights only. */
  public TrainingSettings withTuning(Tuning newTuning, boolean merge) {
    return new TrainingSettings(
        objective,
        layout,
        optimizer,
        numTrainEpochs,
        gradientAccumulationSteps,
        maxLength,
        overLength,
        ropeTheta,
        ropeScaling,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        seed,
        newTuning,
        merge,
        evaluation,
        deterministic);
  }

  /** With documents held out and evaluated on. */
  public TrainingSettings withEvaluation(EvaluationSettings newEvaluation) {
    return new TrainingSettings(
        objective,
        layout,
        optimizer,
        numTrainEpochs,
        gradientAccumulationSteps,
        maxLength,
        overLength,
        ropeTheta,
        ropeScaling,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        seed,
        tuning,
        mergeAdapter,
        newEvaluation,
        deterministic);
  }

  /** With another optimizer. */
  public TrainingSettings withOptimizer(OptimizerSettings newOptimizer) {
    return with(newOptimizer, deterministic);
  }

  /** With or without deterministic kernels only. */
  public TrainingSettings withDeterministic(boolean sameBits) {
    return with(optimizer, sameBits);
  }

  private TrainingSettings with(OptimizerSettings newOptimizer, boolean sameBits) {
    return new TrainingSettings(
        objective,
        layout,
        newOptimizer,
        numTrainEpochs,
        gradientAccumulationSteps,
        maxLength,
        overLength,
        ropeTheta,
        ropeScaling,
        saveSteps,
        loggingSteps,
        maxSkippedSteps,
        seed,
        tuning,
        mergeAdapter,
        evaluation,
        sameBits);
  }

  /** Whether a whole model comes out, and not an adapter alone. */
  public boolean exportsModel() {
    return tuning.lora().isEmpty() || mergeAdapter;
  }

  /** What of the checkpoint's position embedding the policy changes. */
  public RopeOverride rope() {
    return new RopeOverride(ropeTheta.stream().boxed().findFirst(), ropeScaling);
  }

  /** Every setting by its name in files and flags, in a fixed order. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>(ObjectiveSettings.byName(objective));
    all.put("layout", layout.key());
    all.put("optim", optimizer.optim().key());
    all.put("learning_rate", optimizer.learningRate());
    all.put("lr_scheduler_type", optimizer.lrSchedulerType().key());
    all.put("warmup_ratio", optimizer.warmupRatio());
    all.put("weight_decay", optimizer.weightDecay());
    all.put("max_grad_norm", optimizer.maxGradNorm());
    all.put("offload_optimizer", optimizer.offloadOptimizer());
    all.put("num_train_epochs", numTrainEpochs);
    all.put("gradient_accumulation_steps", gradientAccumulationSteps);
    maxLength.ifPresent(tokens -> all.put("max_length", tokens));
    all.put("over_length", overLength.key());
    ropeTheta.ifPresent(theta -> all.put("rope_theta", theta));
    ropeScaling.ifPresent(scaling -> all.put("rope_scaling", scaling));
    all.put("save_steps", saveSteps);
    all.put("logging_steps", loggingSteps);
    all.put("max_skipped_steps", maxSkippedSteps);
    all.put("seed", seed);
    tuning
        .lora()
        .ifPresent(
            lora -> {
              all.put("lora_r", lora.rank());
              all.put("lora_alpha", lora.alpha());
              all.put("lora_target_modules", lora.targetModules());
              all.put("merge_adapter", mergeAdapter);
            });
    if (!tuning.freeze().isEmpty()) {
      all.put("freeze", tuning.freeze());
    }
    all.putAll(evaluation.byName());
    all.put("deterministic", deterministic);
    return all;
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw new UserError(key + " must be at least 1, but is " + value + ".");
    }
  }
}
