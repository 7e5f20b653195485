package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.RandomModel;
import org.longpo.engine.Scorer;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** Evaluations through the engine, on a small random model whose tokens are characters. */
class EngineModelTest {
  private static final EngineSettings WHOLE = EngineSettings.defaults(KernelChoice.flash());
  private static final EngineSettings IN_TILES =
      WHOLE.withTileTokens(17).withHeadTileRows(5).withPrefillTokens(13);

  private static final EvaluationSettings SETTINGS =
      TestSettings.of(List.of(600), /* windowTokens= */ 64, /* maxWindows= */ 3);

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
      Evaluation whole = evaluate(engineModel(model, WHOLE, tokenizer), "whole");
      Evaluation tiles = evaluate(engineModel(model, IN_TILES, tokenizer), "tiles");
      assertThat(tiles.needle()).isEqualTo(whole.needle());
      assertThat(tiles.modelTokens()).isEqualTo(whole.modelTokens());
      MeanScore bits = whole.bitsPerByte().orElseThrow().bitsPerByte();
      assertThat(bits.n()).isEqualTo(3);
      // float64: sums in another order differ by far less than this.
      assertThat(tiles.bitsPerByte().orElseThrow().bitsPerByte().mean())
          .isCloseTo(bits.mean(), within(1e-9));
    }
  }

  @Test
  void shouldMeasureTheModelsCodeLength() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      LanguageModel model = model();
      evaluate(engineModel(model, WHOLE, tokenizer), "run");
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
      WindowBits window = log("run").getFirst().windows().getFirst();
      assertThat(window.tokens()).isEqualTo(63);
      assertThat(window.bytes()).isEqualTo(63);
      assertThat(window.bits()).isCloseTo(nats / Math.log(2), within(1e-9));
    }
  }

  @Test
  void shouldEndWithSameBytesAfterBeingKilled() throws IOException {
    try (Scope ignored = Scope.open();
        Tokenizer tokenizer = tokenizer()) {
      EngineModel model = engineModel(model(), WHOLE, tokenizer);
      evaluate(model, "whole");
      byte[] whole = Files.readAllBytes(folder.resolve("whole").resolve(Evaluator.LOG_FILE));
      Path killed = Files.createDirectories(folder.resolve("killed"));
      Files.write(killed.resolve(Evaluator.LOG_FILE), Arrays.copyOf(whole, whole.length * 2 / 3));
      evaluate(model, "killed");
      assertThat(killed.resolve(Evaluator.LOG_FILE)).hasBinaryContent(whole);
      assertThat(killed.resolve(Evaluator.RESULT_FILE))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(Evaluator.RESULT_FILE));
    }
  }

  private Evaluation evaluate(EngineModel model, String run) {
    return new Evaluator(model, StageIdentity.of("random"), SETTINGS, inputs)
        .run(folder.resolve(run), Progress.NONE, Cancellation.NEVER);
  }

  private List<ItemResult> log(String run) {
    return AppendLog.readLines(folder.resolve(run).resolve(Evaluator.LOG_FILE)).stream()
        .skip(1)
        .map(line -> Json.parse(line, ItemResult.class, "log"))
        .toList();
  }

  private EngineModel engineModel(
      LanguageModel model, EngineSettings settings, Tokenizer tokenizer) {
    return new EngineModel(
        model,
        settings,
        tokenizer,
        message -> tokenizer.encodeTemplate("<s>" + message),
        new PromptEncoder(
                tokenizer,
                ChatTemplate.load(folder.resolve("tokenizer"), tokenizer, ChatSettings.NONE))
            .reasoning());
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
