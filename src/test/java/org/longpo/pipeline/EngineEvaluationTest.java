package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineOptions;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.RandomModel;
import org.longpo.engine.Scorer;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TestSettings;
import org.longpo.evaluation.Texts;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.inference.CharacterPrompts;
import org.longpo.inference.Model;
import org.longpo.model.EngineScorer;
import org.longpo.model.EngineWriter;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.PromptEncoder;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;

/** Evaluations through the engine, on a small random model whose tokens are characters. */
class EngineEvaluationTest {
  private static final EngineSettings WHOLE = EngineSettings.defaults(KernelChoice.flash());
  private static final EngineSettings IN_TILES =
      WHOLE.with(
          OptionRecords.of(
              EngineOptions.class,
              Map.of("tile_tokens", 17, "head_tile_rows", 5, "prefill_tokens", 13)));

  private static final EvaluationSettings SETTINGS =
      TestSettings.of(List.of(600), /* windowTokens= */ 64, /* maxWindows= */ 3);

  private static final String LOG = "needle.jsonl";

  @TempDir Path folder;

  private final EvaluationInputs inputs =
      new EvaluationInputs(
          List.of(new SourceText("book.txt", Texts.sentences(100))),
          List.of(new SourceText("held-out.txt", Texts.sentences(20))),
          Optional.empty());

  @Test
  void shouldNotDependOnHowTheEngineCutsItsWork() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      LanguageModel model = model();
      Evaluation whole = evaluate(engineModel(model, WHOLE, tokenizer), tokenizer, "whole");
      Evaluation tiles = evaluate(engineModel(model, IN_TILES, tokenizer), tokenizer, "tiles");
      assertThat(tiles.task("needle")).isPresent().isEqualTo(whole.task("needle"));
      assertThat(bits(tiles).n()).isEqualTo(3);
      // float64: sums in another order differ by far less than this.
      assertThat(bits(tiles).value()).isCloseTo(bits(whole).value(), within(1e-9));
    }
  }

  private static Estimate bits(Evaluation evaluation) {
    return evaluation
        .task("bits-per-byte")
        .flatMap(result -> result.headline(OptionalInt.empty()))
        .orElseThrow();
  }

  @Test
  void shouldMeasureTheModelsCodeLength() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      LanguageModel model = model();
      evaluate(engineModel(model, WHOLE, tokenizer), tokenizer, "run");
      // All characters are ASCII: a window is the begin token and 63 bytes.
      String text = inputs.heldOut().getFirst().text().substring(0, 63);
      int[] characters = tokenizer.encodeText(text);
      int[] sequence = new int[64];
      sequence[0] = tokenizer.beginToken().orElseThrow();
      System.arraycopy(characters, 0, sequence, 1, characters.length);
      double nats = 0;
      for (double logProb :
          new Scorer(model, WHOLE).logProbs(List.of(sequence), new int[] {1}).getFirst()) {
        nats -= logProb;
      }
      Sample window = firstWindow("run");
      assertThat(window.values()).containsEntry("tokens", 63.0).containsEntry("bytes", 63.0);
      assertThat(window.values().get("bits")).isCloseTo(nats / Math.log(2), within(1e-9));
    }
  }

  @Test
  void shouldEndWithSameBytesAfterBeingKilled() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      Model model = engineModel(model(), WHOLE, tokenizer);
      evaluate(model, tokenizer, "whole");
      byte[] whole = Files.readAllBytes(folder.resolve("whole").resolve(LOG));
      Path killed = Files.createDirectories(folder.resolve("killed"));
      Files.write(killed.resolve(LOG), Arrays.copyOf(whole, whole.length * 2 / 3));
      evaluate(model, tokenizer, "killed");
      assertThat(killed.resolve(LOG)).hasBinaryContent(whole);
      assertThat(killed.resolve(EvaluateStage.RESULT_FILE))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(EvaluateStage.RESULT_FILE));
    }
  }

  @Test
  void shouldWriteTheSameFilesSideBySide() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      Model model = engineModel(model(), WHOLE, tokenizer);
      BatchSize single = new BatchSize(Integer.MAX_VALUE, 1);
      TestedModel alone = TestedModel.alone(StageIdentity.of("random"), model);
      AtomicInteger users = new AtomicInteger();
      TestedModel shared =
          new TestedModel() {
            @Override
            public StageIdentity identity() {
              return alone.identity();
            }

            @Override
            public int users(int parts, long tokens) {
              return 3;
            }

            @Override
            public Model sharedBy(int count) {
              users.set(count);
              return model;
            }
          };
      evaluate(alone, single, tokenizer, "alone");
      evaluate(shared, single, tokenizer, "side-by-side");
      assertThat(users).hasValue(3);
      for (String file : new String[] {LOG, EvaluateStage.RESULT_FILE}) {
        assertThat(folder.resolve("side-by-side").resolve(file))
            .hasSameBinaryContentAs(folder.resolve("alone").resolve(file));
      }
    }
  }

  private Evaluation evaluate(Model model, Tokenizer tokenizer, String run) {
    return evaluate(
        TestedModel.alone(StageIdentity.of("random"), model), BatchSize.DEFAULT, tokenizer, run);
  }

  private Evaluation evaluate(
      TestedModel model, BatchSize batchSize, Tokenizer tokenizer, String run) {
    return TestEvaluation.of(
        SETTINGS,
        inputs,
        new TaskRunner(
            model,
            new TaskContext(new Characters(tokenizer)),
            batchSize,
            Progress.NONE,
            Cancellation.NEVER),
        folder.resolve(run));
  }

  private Sample firstWindow(String run) {
    String line = AppendLog.readLines(folder.resolve(run).resolve("bits-per-byte.jsonl")).get(1);
    return Json.parse(line, ItemResult.class, "log").samples().getFirst();
  }

  private Model engineModel(LanguageModel model, EngineSettings settings, Tokenizer tokenizer) {
    PromptEncoder prompts =
        new PromptEncoder(
            tokenizer,
            ChatTemplate.load(folder.resolve("tokenizer"), tokenizer, ChatSettings.NONE));
    return new Model(
        new EngineWriter(model, settings, tokenizer, prompts::reasoning, "random", () -> "random"),
        new EngineScorer(model, settings, "random", () -> "random"));
  }

  private static final class Characters extends CharacterPrompts {
    private final Tokenizer tokenizer;

    Characters(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @Override
    public Prompt of(List<Message> messages) {
      return new Prompt(messages, tokenizer.encodeTemplate("<s>" + messages.getFirst().content()));
    }

    @Override
    public TokenSpans encode(String text) {
      return tokenizer.encodeTextWithSpans(text);
    }

    @Override
    public OptionalInt beginToken() {
      return tokenizer.beginToken();
    }
  }

  private static LanguageModel model() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    return RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
  }

  /** As many tokens as the random model has: three special ones, white space and a to z. */
  private Tokenizer tokenizer() throws IOException {
    TreeMap<String, Integer> vocabulary = new TreeMap<>();
    for (String token : List.of("<unk>", "<s>", "</s>", " ", "\n")) {
      vocabulary.put(token, vocabulary.size());
    }
    for (char letter = 'a'; letter <= 'z'; letter++) {
      vocabulary.put(String.valueOf(letter), vocabulary.size());
    }
    Path tokenizer = Files.createDirectories(folder.resolve("tokenizer"));
    Files.writeString(
        tokenizer.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": null,
         "post_processor": {"type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
          "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
         "decoder": {"type": "Fuse"},
         "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "merges": [], "vocab": %s}}
        """
            .formatted(Json.line(vocabulary)));
    Files.writeString(
        tokenizer.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"unk_token\": \"<unk>\"}");
    return Tokenizer.load(tokenizer);
  }
}
