package org.longpo.reproduction;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskOptions;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ReproductionScale.Round;
import org.longpo.settings.OptionRecords;
import org.longpo.text.ChatSettings;
import org.longpo.tiny.EmbeddedModel;
import org.longpo.tiny.village.VillageTasks;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.TrainingSettings;

/** How models are read, pairs are made, and all arms are trained and evaluated. */
record ReproductionSettings(ReproductionScale scale) {
  private static final int CHUNK_TOKENS = 160;
  private static final int INSTRUCTION_TOKENS = 32;
  private static final int DOCUMENTS_PER_STEP = 4;

  /** Of the questions that tables are about: the same for all models. */
  private static final long TEST_SEED = 42;

  /** Of the questions by which rates are chosen. */
  private static final long VALIDATION_SEED = 9001;

  static ModelChoice model(Path folder) {
    return new ModelChoice(
        folder,
        Optional.of("float32"),
        "cpu",
        RopeOverride.NONE,
        ChatSettings.DEFAULTS,
        EngineOptions.DEFAULTS);
  }

  /** YaRN from the first round on, by as much as the context grows in all rounds. */
  RopeOverride rope() {
    return new RopeOverride(
        Optional.empty(),
        Optional.of(
            "rope_type=yarn,factor=%d,original_max_position_embeddings=%d,beta_fast=8"
                .formatted(
                    scale.longest() / EmbeddedModel.WINDOW_TOKENS, EmbeddedModel.WINDOW_TOKENS)));
  }

  GenerateSettings generate(Round round, PairVariant variant, long seed) {
    return OptionRecords.of(
        GenerateSettings.class,
        Map.ofEntries(
            Map.entry("lengthTokens", round.lengthTokens()),
            Map.entry("chunk_tokens", CHUNK_TOKENS),
            Map.entry("pairs_per_document", variant.perDocument()),
            Map.entry("instructions_per_chunk", 1),
            Map.entry("instruction_tokens", INSTRUCTION_TOKENS),
            Map.entry("max_new_tokens", ReproductionScale.ANSWER_TOKENS),
            Map.entry("temperature", variant.temperature()),
            Map.entry("rejectedRope", rope()),
            Map.entry("max_documents", variant.documents(round)),
            Map.entry("hold_out_share", 0.0),
            Map.entry("seed", seed)));
  }

  TrainingSettings train(Arm arm, Round round, double rate, long seed) {
    Map<String, Object> options = new HashMap<>(arm.options());
    options.put("objective", arm.objective().apply(round.lengthTokens()));
    options.put("learning_rate", rate);
    options.put("lr_scheduler_type", LearningRateSchedule.COSINE);
    options.put("gradient_accumulation_steps", DOCUMENTS_PER_STEP);
    options.put("rope", rope());
    options.put("seed", seed);
    return OptionRecords.of(TrainingSettings.class, options);
  }

  /** The tasks about texts, at all lengths up to twice a round's. */
  EvaluationSettings texts(Purpose purpose, int reach) {
    return evaluation(
        "village-texts",
        Stream.iterate(
                EmbeddedModel.WINDOW_TOKENS,
                length -> length <= Math.min(reach, scale.longest()),
                length -> 2 * length)
            .toList(),
        scale.textQuestions(),
        purpose);
  }

  /** The skills without a text. */
  EvaluationSettings skills(Purpose purpose) {
    return evaluation("village-skills", List.of(), scale.skillQuestions(), purpose);
  }

  private static EvaluationSettings evaluation(
      String group, List<Integer> lengths, int questions, Purpose purpose) {
    return OptionRecords.of(
        EvaluationSettings.class,
        Map.of(
            EvaluationSettings.TASKS,
            VillageTasks.ALL.stream()
                .filter(task -> task.groups().contains(group))
                .map(ReproductionSettings::id)
                .toList(),
            EvaluationSettings.LENGTHS,
            lengths,
            "limit",
            questions,
            "answer_tokens",
            ReproductionScale.ANSWER_TOKENS,
            "seed",
            purpose == Purpose.VALIDATION ? VALIDATION_SEED : TEST_SEED,
            EvaluationSettings.OPTIONS,
            TaskOptions.DEFAULTS));
  }

  private static String id(Task<?> task) {
    return task.info().id();
  }
}
