package org.longpo.reproduction;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ReproductionScale.Round;
import org.longpo.settings.OptionRecords;
import org.longpo.text.ChatSettings;
import org.longpo.tiny.EmbeddedModel;
import org.longpo.tiny.TinyWorld;
import org.longpo.tiny.WorldDocuments;
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

  /** Some to spare: a piece without any pair is left out. */
  WorldDocuments documents(long seed, int round) {
    Round own = scale.rounds().get(round - 1);
    int most = Arms.all().mapToInt(arm -> arm.pairs().documents(own)).max().orElseThrow();
    return new WorldDocuments(
        TinyWorld.VILLAGE, most + most / 4, own.lengthTokens(), 1000 * seed + round);
  }

  /** SHA-256 of all that decides a record of the base, but for the base. */
  String fingerprint(Key key) {
    return sha256(evaluated(key));
  }

  /**
   * SHA-256 of all that decides a record of an arm, but for the base: its rounds and questions, and
   * LongPO as it writes the pairs of later rounds, whose rate follows from the rates that there
   * are.
   */
  String fingerprint(Key key, Arm arm, double rate) {
    List<Object> decides = new ArrayList<>(evaluated(key));
    decides.add(scale.rates());
    for (int number = 1; number <= key.round(); number++) {
      Round round = scale.rounds().get(number - 1);
      decides.add(arm.pairs());
      decides.add(documents(key.seed(), number));
      decides.add(OptionRecords.deciding(generate(round, arm.pairs(), key.seed())));
      decides.add(train(arm, round, rate, key.seed()).byName());
      decides.add(Arms.LONGPO.objective().apply(round.lengthTokens()).toString());
    }
    return sha256(decides);
  }

  private List<Object> evaluated(Key key) {
    return List.of(texts(key), skills(key));
  }

  private static String sha256(List<Object> decides) {
    return Sha256.of(Json.line(decides).getBytes(StandardCharsets.UTF_8));
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

  /** The tasks about texts, at the lengths that a key is about. */
  EvaluationSettings texts(Key key) {
    return evaluation(
        "village-texts",
        Stream.iterate(
                EmbeddedModel.WINDOW_TOKENS, length -> length <= reach(key), length -> 2 * length)
            .toList(),
        scale.textQuestions(),
        key.purpose());
  }

  /** The skills without a text. */
  EvaluationSettings skills(Key key) {
    return evaluation("village-skills", List.of(), scale.skillQuestions(), key.purpose());
  }

  /**
   * Tokens of the longest texts. A round's model is tested at twice its length, too: whether it
   * reaches beyond what it has learned.
   */
  private int reach(Key key) {
    if (key.round() == 0) {
      return scale.longest();
    }
    int own = scale.rounds().get(key.round() - 1).lengthTokens();
    return key.purpose() == Purpose.VALIDATION ? own : Math.min(2 * own, scale.longest());
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
