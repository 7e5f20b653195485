package org.longpo.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.objective.Distill;
import org.longpo.objective.Objective;
import org.longpo.settings.Key;
import org.longpo.settings.KeyType;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.training.EvaluationSettings;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.OptimizerKind;
import org.longpo.training.OptimizerSettings;
import org.longpo.training.OverLength;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;

/**
 * The settings of training, with the names of Hugging Face and TRL; the objective's own are {@link
 * ObjectiveKeys}.
 *
 * <p>A new setting of the trainer is a key here, a component of {@link TrainingSettings} with its
 * line in {@code byName}, and one line in {@link #settings}.
 */
final class TrainKeys {
  static final Section SECTION = new Section("Training");

  /** The objective has no default there and none here. */
  private static final TrainingSettings DEFAULTS = TrainingSettings.defaults(new Distill());

  private static final OptimizerSettings OPTIMIZER = DEFAULTS.optimizer();

  static final Key<SequenceLayout> LAYOUT =
      SECTION.add(
          Key.of(
              "layout",
              KeyTypes.choice(List.of(SequenceLayout.values()), SequenceLayout::key),
              DEFAULTS.layout(),
              "tree: every instruction follows the document alone, as it was sampled; chain: the"
                  + " turns follow each other, as in the paper's code."));

  static final Key<OptimizerKind> OPTIM =
      SECTION.add(
          Key.of(
              "optim",
              KeyTypes.choice(List.of(OptimizerKind.values()), OptimizerKind::key),
              OPTIMIZER.optim(),
              "adamw (the paper's) or rmsprop (its code's)."));

  static final Key<Double> LEARNING_RATE =
      SECTION.add(
          Key.of(
              "learning_rate",
              KeyTypes.POSITIVE.labelled("RATE"),
              OPTIMIZER.learningRate(),
              "Peak learning rate (the default is the paper's, for 7B models)."));

  static final Key<LearningRateSchedule> LR_SCHEDULER_TYPE =
      SECTION.add(
          Key.of(
              "lr_scheduler_type",
              KeyTypes.choice(List.of(LearningRateSchedule.values()), LearningRateSchedule::key),
              OPTIMIZER.lrSchedulerType(),
              "cosine, linear, constant or constant_with_warmup."));

  static final Key<Double> WARMUP_RATIO =
      SECTION.add(
          Key.of(
              "warmup_ratio",
              KeyTypes.SHARE,
              OPTIMIZER.warmupRatio(),
              "Share of the steps in which the rate rises."));

  static final Key<Double> WEIGHT_DECAY =
      SECTION.add(
          Key.of(
              "weight_decay",
              KeyTypes.NOT_NEGATIVE.labelled("W"),
              OPTIMIZER.weightDecay(),
              "Weight decay of matrices and embeddings, as transformers' trainer has it: norms and"
                  + " biases do not decay. Decoupled with adamw; 0: none."));

  static final Key<Double> MAX_GRAD_NORM =
      SECTION.add(
          Key.of(
              "max_grad_norm",
              KeyTypes.NOT_NEGATIVE.labelled("NORM"),
              OPTIMIZER.maxGradNorm(),
              "Gradients are clipped to it; 0: never."));

  static final Key<Integer> NUM_TRAIN_EPOCHS =
      SECTION.add(
          Key.of(
              "num_train_epochs",
              KeyTypes.COUNT,
              DEFAULTS.numTrainEpochs(),
              "Passes over the pairs."));

  static final Key<Integer> GRADIENT_ACCUMULATION_STEPS =
      SECTION.add(
          Key.of(
              "gradient_accumulation_steps",
              KeyTypes.COUNT,
              DEFAULTS.gradientAccumulationSteps(),
              "Documents per step (the default is the paper's)."));

  static final Key<Integer> MAX_LENGTH =
      SECTION.add(
          Key.derived(
              "max_length", KeyTypes.COUNT, "any", "Tokens that a training sequence may have."));

  static final Key<OverLength> OVER_LENGTH =
      SECTION.add(
          Key.of(
              "over_length",
              KeyTypes.choice(List.of(OverLength.values()), OverLength::key),
              DEFAULTS.overLength(),
              "What becomes of longer ones: error, drop or truncate-document (never the answer;"
                  + " pairs about what was cut off are dropped)."));

  static final Key<Integer> SAVE_STEPS =
      SECTION.add(
          Key.of(
              "save_steps",
              KeyTypes.COUNT,
              DEFAULTS.saveSteps(),
              "Steps between checkpoints to resume from."));

  static final Key<Integer> LOGGING_STEPS =
      SECTION.add(
          Key.of(
              "logging_steps",
              KeyTypes.COUNT,
              DEFAULTS.loggingSteps(),
              "Steps per line of metrics."));

  static final Key<Integer> MAX_SKIPPED_STEPS =
      SECTION.add(
          Key.of(
              "max_skipped_steps",
              KeyTypes.COUNT,
              DEFAULTS.maxSkippedSteps(),
              "Steps in a row that may be skipped for a loss or gradient that is not finite."));

  static final Key<Integer> LORA_R =
      SECTION.add(
          Key.derived(
              "lora_r",
              KeyTypes.COUNT,
              "no adapter, the model's own weights are trained",
              "Rank of LoRA's adapters, which are trained instead of the weights beside them."));

  static final Key<Double> LORA_ALPHA =
      SECTION.add(
          Key.derived(
              "lora_alpha",
              KeyTypes.POSITIVE.labelled("A"),
              "twice lora_r",
              "An adapter's product counts lora_alpha / lora_r."));

  static final Key<List<String>> LORA_TARGET_MODULES =
      SECTION.add(
          Key.derived(
              "lora_target_modules",
              KeyTypes.list(
                  KeyType.Shape.COMMAS,
                  KeyTypes.choice(
                      Stream.concat(
                              LoraSettings.MODULES.stream(), Stream.of(LoraSettings.ALL_LINEAR))
                          .toList(),
                      name -> name)),
              LoraSettings.ALL_LINEAR,
              "Projections that get an adapter."));

  static final Key<Boolean> MERGE_ADAPTER =
      SECTION.add(
          Key.derived(
              "merge_adapter",
              KeyTypes.SWITCH,
              "true",
              "Whether RUN/model, with the adapter merged into it, is written beside"
                  + " RUN/adapter."));

  static final Key<List<String>> FREEZE =
      SECTION.add(
          Key.derived(
              "freeze",
              KeyTypes.list(KeyType.Shape.WORDS, KeyTypes.TEXT.labelled("PATTERN")),
              "none",
              "Weights that are not trained, by patterns over their names: * and ?, or regex: and a"
                  + " regular expression."));

  static final Key<Double> EVAL_SHARE =
      SECTION.add(
          Key.of(
              "eval_share",
              KeyTypes.SHARE,
              DEFAULTS.evaluation().evalShare(),
              "Share of the documents that is held out, whole files, to evaluate on during"
                  + " training."));

  static final Key<Integer> EVAL_STEPS =
      SECTION.add(
          Key.derived(
              "eval_steps",
              KeyTypes.COUNT,
              "save_steps, if eval_share is not 0",
              "Steps between evaluations."));

  static final Key<Boolean> LOAD_BEST_MODEL_AT_END =
      SECTION.add(
          Key.of(
              "load_best_model_at_end",
              KeyTypes.SWITCH,
              DEFAULTS.evaluation().loadBestModelAtEnd(),
              "Whether the weights with the lowest evaluation loss come out, and not the last."));

  static final Key<Boolean> OFFLOAD_OPTIMIZER =
      SECTION.add(
          Key.of(
              "offload_optimizer",
              KeyTypes.SWITCH,
              OPTIMIZER.offloadOptimizer(),
              "Whether the optimizer's state lives in host memory (device cuda)."));

  static final Key<Boolean> DETERMINISTIC =
      SECTION.add(
          Key.of(
              "deterministic",
              KeyTypes.SWITCH,
              DEFAULTS.deterministic(),
              "Whether the same seed gives the same bits on device cuda too, with slower"
                  + " kernels."));

  private TrainKeys() {}

  /** {@code rope}: of the policy. */
  static TrainingSettings settings(Settings settings, Objective objective, RopeOverride rope) {
    return new TrainingSettings(
        objective,
        settings.get(LAYOUT),
        new OptimizerSettings(
            settings.get(OPTIM),
            settings.get(LEARNING_RATE),
            settings.get(LR_SCHEDULER_TYPE),
            settings.get(WARMUP_RATIO),
            settings.get(WEIGHT_DECAY),
            settings.get(MAX_GRAD_NORM),
            settings.get(OFFLOAD_OPTIMIZER)),
        settings.get(NUM_TRAIN_EPOCHS),
        settings.get(GRADIENT_ACCUMULATION_STEPS),
        settings.find(MAX_LENGTH).map(OptionalInt::of).orElse(OptionalInt.empty()),
        settings.get(OVER_LENGTH),
        rope.theta().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        rope.scaling(),
        settings.get(SAVE_STEPS),
        settings.get(LOGGING_STEPS),
        settings.get(MAX_SKIPPED_STEPS),
        settings.get(RunKeys.SEED),
        new Tuning(lora(settings), settings.find(FREEZE).orElse(List.of())),
        settings.find(MERGE_ADAPTER).orElse(true),
        new EvaluationSettings(
            settings.get(EVAL_SHARE),
            settings.find(EVAL_STEPS).map(OptionalInt::of).orElse(OptionalInt.empty()),
            settings.get(LOAD_BEST_MODEL_AT_END)),
        settings.get(DETERMINISTIC));
  }

  /** The other keys of LoRA mean nothing without its rank. */
  private static Optional<LoraSettings> lora(Settings settings) {
    Optional<Integer> rank = settings.find(LORA_R);
    if (rank.isEmpty()) {
      for (Key<?> key : List.of(LORA_ALPHA, LORA_TARGET_MODULES, MERGE_ADAPTER)) {
        if (settings.find(key).isPresent()) {
          throw new UserError(
              settings.where(key) + " is a setting of LoRA, which lora_r turns on; give it too.");
        }
      }
    }
    return rank.map(
        r ->
            new LoraSettings(
                r,
                settings.find(LORA_ALPHA).orElse(2.0 * r),
                settings.find(LORA_TARGET_MODULES).orElse(List.of(LoraSettings.ALL_LINEAR))));
  }

  /**
   * Adds to a listing what the settings came to.
   *
   * @param trained one per round; a value that differs between them keeps its rule
   */
  static void list(SettingsListing listing, List<TrainingSettings> trained) {
    Map<String, Object> first = trained.getFirst().byName();
    first.forEach(
        (name, value) -> {
          if (trained.stream().allMatch(one -> value.equals(one.byName().get(name)))) {
            listing.resolved(Map.of(name, value));
          }
        });
    Objective objective = trained.getFirst().objective();
    for (Key<?> key : ObjectiveKeys.SECTION.keys()) {
      if (!ObjectiveKeys.has(objective, key)) {
        listing.idle(key, "no setting of " + first.get(ObjectiveKeys.OBJECTIVE.name()));
      }
    }
  }
}
