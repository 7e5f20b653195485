package org.longpo.tiny;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.evaluation.TaskOptions;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.evaluation.tasks.NeedleTask;
import org.longpo.evaluation.tasks.NeedleWording;
import org.longpo.files.AtomicFile;
import org.longpo.model.ModelChoice;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.UserMessage;
import org.longpo.pipeline.EvolveSettings;
import org.longpo.pipeline.RoundSettings;
import org.longpo.settings.OptionRecords;
import org.longpo.text.ChatSettings;
import org.longpo.training.TrainingSettings;

/**
 * The demonstration: the embedded model and documents that the program writes, and the settings of
 * an ordinary run on them, in two rounds to eight times the model's window.
 *
 * <p>Queries and keys alone are trained: they decide where attention looks, and what the model can
 * say stays as it is. Trained as a whole, a model so small forgets within some dozens of steps to
 * write instructions, and the next round has no pairs. The NLL is that of the answers: of the whole
 * sequence they are a hundredth, too little for so few steps. Some documents are shorter than the
 * length that is learned: after long ones alone, the model has nothing to say about some texts of
 * its own window.
 *
 * @param folder takes {@code tiny}, the model, and {@code documents}
 * @param seed of everything, the text of the documents included
 */
public record Demo(Path folder, DemoScale scale, long seed) {
  private static final double BETA = 0.1;

  /** Ten times the paper's: the preference pulls about a twelfth as strongly as the NLL. */
  private static final double LAMBDA = 0.1;

  private static final String ALL_BUT_QUERIES_AND_KEYS = "regex:.*(?<!q_proj|k_proj)\\.weight";
  private static final double HOLD_OUT_SHARE = 0.1;

  /** Share of the length: the shortest documents are about as long as the window. */
  private static final double SHORTEST_DOCUMENT = 0.1;

  /** One document of so many is shorter than the others. */
  private static final int SHORT_EVERY = 6;

  private static final int CHUNK_TOKENS = 176;
  private static final int INSTRUCTION_TOKENS = 32;
  private static final int ANSWER_TOKENS = 24;

  /** On average, so that most documents are pieces of about the whole length. */
  private static final int TOKENS_PER_SENTENCE = 14;

  /** The prompt of the pairs; the model answers with a sentence. */
  private static final NeedleWording NEEDLE =
      new NeedleWording(
          NeedleWording.DEFAULTS.statement(),
          "What is the access code of {key}?",
          new QuestionPrompt(UserMessage.of("{context}", "{question}")));

  public Path model() {
    return folder.resolve("tiny");
  }

  public Path documents() {
    return folder.resolve("documents");
  }

  /** Writes the model and the documents, unless they are there. */
  public void prepare() {
    EmbeddedModel.unpack(model());
    if (!Files.isDirectory(documents())) {
      AtomicFile.writeFolder(
          documents(),
          temporary -> {
            for (int i = 0; i < scale.documents(); i++) {
              Random random = new Random(seed * 1_000_003 + i);
              int tokens = i % SHORT_EVERY == 0 ? someLength(random) : scale.lengthTokens();
              Files.writeString(
                  temporary.resolve("story-%04d.txt".formatted(i)),
                  new WorldWriter(random).document(tokens / TOKENS_PER_SENTENCE));
            }
          });
    }
  }

  /** From the window on, short ones as often as long ones. */
  private int someLength(Random random) {
    double most = (double) scale.lengthTokens() / EmbeddedModel.WINDOW_TOKENS;
    return (int) (EmbeddedModel.WINDOW_TOKENS * Math.pow(most, random.nextDouble()));
  }

  /** The window, doubled up to the length that is learned: what is evaluated. */
  public List<Integer> lengths() {
    return IntStream.iterate(
            EmbeddedModel.WINDOW_TOKENS, length -> length <= scale.lengthTokens(), l -> 2 * l)
        .boxed()
        .toList();
  }

  /**
   * YaRN by as much as the context grows in all. Under a higher theta alone positions beyond the
   * window turn by angles that the model has never met, and it would have to begin from nothing.
   * Frequencies that turn eight times within the window stay as they are: YaRN's 32 is for windows
   * of thousands of tokens, and would leave only one here.
   */
  private RopeOverride rope() {
    int factor = scale.lengthTokens() / EmbeddedModel.WINDOW_TOKENS;
    return new RopeOverride(
        Optional.empty(),
        Optional.of(
            "rope_type=yarn,factor=%d,original_max_position_embeddings=%d,beta_fast=8"
                .formatted(factor, EmbeddedModel.WINDOW_TOKENS)));
  }

  /** An ordinary run: generate, train, evaluate. */
  public EvolveSettings settings() {
    return new EvolveSettings(
        new ModelChoice(
            model(),
            Optional.of("float32"),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.DEFAULTS,
            EngineOptions.DEFAULTS),
        List.of(documents().toString()),
        /* questions= */ Optional.empty(),
        /* data= */ Optional.empty(),
        scale.rounds().stream()
            .map(round -> new RoundSettings(generate(round), train(round)))
            .toList(),
        evaluation(),
        /* judge= */ Optional.empty());
  }

  private GenerateSettings generate(DemoScale.Round round) {
    return OptionRecords.of(
        GenerateSettings.class,
        Map.ofEntries(
            Map.entry("lengthTokens", round.lengthTokens()),
            Map.entry("chunk_tokens", CHUNK_TOKENS),
            Map.entry("min_piece_fill", SHORTEST_DOCUMENT),
            Map.entry("pairs_per_document", scale.pairsPerDocument()),
            Map.entry("instructions_per_chunk", Lessons.INSTRUCTIONS_PER_CHUNK),
            Map.entry("instruction_tokens", INSTRUCTION_TOKENS),
            Map.entry("max_new_tokens", ANSWER_TOKENS),
            Map.entry("rejectedRope", rope()),
            Map.entry("max_documents", round.documents()),
            Map.entry("hold_out_share", HOLD_OUT_SHARE),
            Map.entry("seed", seed)));
  }

  private TrainingSettings train(DemoScale.Round round) {
    return OptionRecords.of(
        TrainingSettings.class,
        Map.of(
            "objective",
            new LongPo(BETA, LAMBDA, Sigmoid.PER_PAIR, NllSpan.RESPONSE, Input.SHORT),
            "learning_rate",
            round.learningRate(),
            "gradient_accumulation_steps",
            scale.documentsPerStep(),
            "save_steps",
            20,
            "rope",
            rope(),
            "freeze",
            List.of(ALL_BUT_QUERIES_AND_KEYS),
            "seed",
            seed));
  }

  private EvaluationSettings evaluation() {
    NeedleTask needles = new NeedleTask();
    BitsPerByteTask bits = new BitsPerByteTask();
    return OptionRecords.of(
        EvaluationSettings.class,
        Map.of(
            EvaluationSettings.TASKS,
            List.of(needles.info().id(), bits.info().id()),
            EvaluationSettings.LENGTHS,
            lengths(),
            "questions",
            scale.questionsPerHaystack(),
            "haystacks",
            scale.haystacks(),
            "answer_tokens",
            ANSWER_TOKENS,
            "seed",
            seed,
            EvaluationSettings.OPTIONS,
            TaskOptions.DEFAULTS
                .with(needles, NEEDLE)
                .with(
                    bits,
                    OptionRecords.of(
                        BitsPerByteTask.Options.class,
                        Map.of("window", EmbeddedModel.WINDOW_TOKENS)))));
  }
}
