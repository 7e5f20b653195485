package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.documents.DocumentSource;
import org.longpo.engine.EngineOptions;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.DropExamples;
import org.longpo.pairs.DropReason;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;
import org.longpo.pipeline.GenerateStage;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.text.ChatSettings;

/** Limits of tokens are subtracted from each other before anything is made, not after. */
class TokenBudgetTest {
  /** The model's, as {@link TinyWorld} writes it. */
  private static final int WINDOW = 128;

  @TempDir Path folder;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 4, 30);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\nWhere?\n");
  }

  /** The paper's proportions: chunks may be as long as the short input that they are part of. */
  @Test
  void shouldDropNoChunkForLimitOfShortInputThatEqualsChunk() {
    int limit = 100;
    PairManifest manifest = made(scaledDown(limit, Optional.empty()));
    assertThat(manifest.counts().dropped().byReason())
        .doesNotContainKey(DropReason.SHORT_INPUT_TOO_LONG);
    // Four chunks of every piece but perhaps its last.
    assertThat(manifest.counts().pairs() + manifest.counts().dropped().total())
        .isBetween(3 * manifest.counts().pieces(), 4 * manifest.counts().pieces());
    // Nearly all of what template and instruction leave is used.
    assertThat(longestChunk("run")).isBetween(limit / 3, limit);
  }

  @Test
  void shouldCutChunksToLimitOfShortInputThatIsGiven() {
    assertThat(generate("run", "--max-short-input-tokens", "90").exitCode()).isZero();
    PairManifest manifest = PairManifest.read(folder.resolve("run/manifest.json"));
    assertThat(manifest.counts().dropped().byReason())
        .doesNotContainKey(DropReason.SHORT_INPUT_TOO_LONG);
  }

  @Test
  void shouldRefuseValuesThatCannotHoldTogetherBeforeAnyWork() {
    KilledProcess.Result result =
        generate("run", "--chunk-tokens", "100", "--max-short-input-tokens", "100");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--chunk-tokens is 100 tokens", "max_short_input_tokens");
    result = generate("run", "--max-long-input-tokens", "320");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the length is 320 tokens", "max_long_input_tokens");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** 2 layers x (key, value) x 2 heads x 8 x 4 bytes = 256 bytes a token. */
  @Test
  void shouldRefuseAMemoryThatHoldsNoDocumentBeforeAnyWork() throws IOException {
    TinyWorld.writeDocuments(folder.resolve("documents"), 1, 400);
    List<String> command = command("generate", "run");
    command.addAll(List.of("--length", "6000", "--cache-mib", "1", "--chunk-tokens", "40"));
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--cache-mib 1 is too little for the keys and values of the longest document")
        .containsPattern("need 2 MiB \\([56],\\d{3} tokens of 256 bytes\\)")
        .doesNotContain("Generating pairs");
  }

  @Test
  void shouldDeriveDefaultsFromModelsWindow() {
    assertThat(said("run")).doesNotContain("window");
    PairManifest manifest = PairManifest.read(folder.resolve("run/manifest.json"));
    // A quarter of the length would be 80 for both.
    assertThat(manifest.settings().answers().maxNewTokens()).isEqualTo(WINDOW / 8);
    assertThat(manifest.settings().chunkTokens()).isBetween(WINDOW / 4, WINDOW - WINDOW / 8);
    for (PairRow row : PairRows.readAll(folder.resolve("run/pairs.jsonl"))) {
      row.pairs()
          .forEach(
              pair ->
                  assertThat(pair.chunk().tokens())
                      .isLessThanOrEqualTo(manifest.settings().chunkTokens()));
    }
  }

  @Test
  void shouldKeepWhatIsGivenAndWarnWhereWindowDoesNotHoldIt() {
    assertThat(said("run", "--chunk-tokens", "150"))
        .contains("its window of 128 tokens", "--chunk-tokens of at most");
    assertThat(PairManifest.read(folder.resolve("run/manifest.json")).settings().chunkTokens())
        .isEqualTo(150);
    assertThat(longestChunk("run")).isGreaterThan(WINDOW);
    assertThat(said("fits", "--chunk-tokens", "60")).doesNotContain("window");
    assertThat(PairManifest.read(folder.resolve("fits/manifest.json")).settings().chunkTokens())
        .isEqualTo(60);
  }

  @Test
  void shouldCutDocumentsToLimitOfLongInput() {
    KilledProcess.Result result =
        generate("run", "--max-long-input-tokens", "400", "--max-new-tokens", "8");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(PairManifest.read(folder.resolve("run/manifest.json")).counts().dropped().byReason())
        .doesNotContainKey(DropReason.LONG_INPUT_TOO_LONG);
  }

  @Test
  void shouldRefuseDocumentsTooLongForTrainingBeforeEvolving() {
    List<String> evolve = command("evolve", "run");
    evolve.addAll(List.of("--lengths", "320", "--max-length", "320"));
    KilledProcess.Result result = KilledProcess.inProcess(evolve);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--max-length is 320 tokens", "documents of up to 320 tokens");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void shouldWriteAnExampleOfEveryReasonThatDroppedPairs() {
    assertThat(generate("run", "--min-words", "3").exitCode()).isZero();
    PairManifest manifest = PairManifest.read(folder.resolve("run/manifest.json"));
    DropExamples examples = DropExamples.read(folder.resolve("run/dropped.json"));
    assertThat(manifest.counts().dropped().byReason()).containsKey(DropReason.TOO_FEW_WORDS);
    assertThat(examples.byReason().keySet())
        .isEqualTo(manifest.counts().dropped().byReason().keySet());
    var example = examples.of(DropReason.TOO_FEW_WORDS).orElseThrow();
    assertThat(example.document()).contains("document-");
    assertThat(example.instruction()).isIn("What happened?", "Who was it?", "Where?");
    assertThat(example.chosen()).isPresent();
  }

  @Test
  void shouldCutNoPieceShorterThanTheLengthAndExplainWhyAllPairsWereDropped() {
    assertThatThrownBy(() -> made(scaledDown(100, Optional.of(150))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("document and instruction are longer than allowed")
        .hasMessageContaining("raise --max-long-input-tokens, with a new --out");
    assertThat(DropExamples.read(folder.resolve("run/dropped.json")).byReason())
        .containsOnlyKeys(DropReason.LONG_INPUT_TOO_LONG);
  }

  /** The paper's proportions, with chunks that may be as long as the short input. */
  private GenerateSettings scaledDown(int chunk, Optional<Integer> longLimit) {
    Map<String, Object> options =
        new HashMap<>(
            Map.of(
                "lengthTokens",
                4 * chunk,
                "chunk_tokens",
                chunk,
                "instructions",
                folder.resolve("instructions.txt").toString(),
                "temperature",
                1,
                "max_new_tokens",
                16,
                "max_chosen_repetition",
                1,
                "max_rejected_repetition",
                1,
                "min_words",
                0,
                "max_short_input_tokens",
                chunk,
                "seed",
                7));
    options.put("instruction_tokens", 512);
    longLimit.ifPresent(limit -> options.put("max_long_input_tokens", limit));
    return OptionRecords.of(GenerateSettings.class, options);
  }

  private PairManifest made(GenerateSettings scaledDown) {
    ModelChoice model =
        new ModelChoice(
            folder.resolve("model"),
            Optional.of("float32"),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.DEFAULTS,
            EngineOptions.DEFAULTS);
    return new GenerateStage(model, scaledDown)
        .run(
            folder.resolve("run"),
            DocumentSource.of(List.of(folder.resolve("documents"))),
            Progress.NONE,
            Cancellation.NEVER);
  }

  private int longestChunk(String out) {
    return PairRows.readAll(folder.resolve(out).resolve("pairs.jsonl")).stream()
        .flatMap(row -> row.pairs().stream())
        .mapToInt(pair -> pair.chunk().tokens())
        .max()
        .orElseThrow();
  }

  /** Progress and warnings of a generation that ends well. */
  private String said(String out, String... more) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(said, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            lines,
            lines,
            new LineProgress(lines, LineProgress.INTERVAL, System::nanoTime),
            Cancellation.NEVER);
    List<String> command = generateCommand(out, more);
    assertThat(Main.run(console, command.toArray(String[]::new))).isZero();
    return said.toString(StandardCharsets.UTF_8);
  }

  private KilledProcess.Result generate(String out, String... more) {
    return KilledProcess.inProcess(generateCommand(out, more));
  }

  private List<String> generateCommand(String out, String... more) {
    List<String> command = command("generate", out);
    command.addAll(List.of("--length", "320", "--pairs-per-document", "2"));
    command.addAll(List.of(more));
    return command;
  }

  private List<String> command(String name, String out) {
    return new ArrayList<>(
        List.of(
            name,
            "--model",
            folder.resolve("model").toString(),
            "--documents",
            folder.resolve("documents").toString(),
            "--instructions",
            folder.resolve("instructions.txt").toString(),
            "--out",
            folder.resolve(out).toString(),
            "--temperature",
            "1"));
  }
}
