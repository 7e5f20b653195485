package org.longpo.cli;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.objective.Distill;
import org.longpo.objective.Objective;
import org.longpo.settings.Key;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
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
              "Decoupled weight decay; 0: none."));

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
              "What becomes of longer ones: error, drop or truncate-document (never the answer)."));

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
            settings.get(MAX_GRAD_NORM)),
        settings.get(NUM_TRAIN_EPOCHS),
        settings.get(GRADIENT_ACCUMULATION_STEPS),
        settings.find(MAX_LENGTH).map(OptionalInt::of).orElse(OptionalInt.empty()),
        settings.get(OVER_LENGTH),
        rope.theta().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        rope.scaling(),
        settings.get(SAVE_STEPS),
        settings.get(LOGGING_STEPS),
        settings.get(MAX_SKIPPED_STEPS),
        settings.get(RunKeys.SEED));
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
