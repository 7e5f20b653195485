package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.evaluation.Evaluation;
import org.longpo.files.Json;
import org.longpo.pairs.Answer;
import org.longpo.pairs.DropReason;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairRow;
import org.longpo.pairs.PairRows;
import org.longpo.text.Tokenizer;

/** Models that reason before they answer, in every command that lets a model write. */
class ReasoningCommandsTest {
  private static final String ON = "{\"enable_thinking\": true}";

  @TempDir Path folder;

  @BeforeEach
  void writeDocuments() throws IOException {
    Files.createDirectories(folder.resolve("documents"));
    for (int i = 0; i < 8; i++) {
      Files.writeString(
          folder.resolve("documents/" + i + ".txt"),
          ("Number " + i + ". The sailor wrote about the garden every day.\n").repeat(6));
    }
  }

  @Test
  void shouldNotReasonByDefault() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.SWITCHED);
    assertThat(generate("pairs").exitCode()).isZero();
    PairManifest manifest = manifest("pairs");
    assertThat(manifest.counts().strippedReasoning()).isZero();
    assertThat(manifest.counts().dropped().byReason())
        .doesNotContainKey(DropReason.UNPARSABLE_INSTRUCTIONS);
    checkPairs(ThinkingWorld.FIRST + "</s>", ThinkingWorld.SECOND + "</s>");
  }

  @Test
  void shouldReadInstructionsAndAnswersAfterReasoning() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.SWITCHED);
    KilledProcess.Result result = generate("pairs", "--chat-template-kwargs", ON);
    assertThat(result.exitCode()).as(result.err()).isZero();
    PairManifest manifest = manifest("pairs");
    // A list of instructions and two answers for every pair, none for those that were dropped.
    assertThat(manifest.counts().dropped().byReason()).containsKey(DropReason.IDENTICAL_ANSWERS);
    assertThat(manifest.counts().strippedReasoning()).isEqualTo(3 * manifest.counts().pairs());
    assertThat(manifest.counts().dropped().byReason())
        .doesNotContainKey(DropReason.UNPARSABLE_INSTRUCTIONS);
    assertThat(Json.line(manifest.writer().chat().templateVariables()))
        .isEqualTo("{\"enable_thinking\":true}");
    checkPairs(ThinkingWorld.FIRST + "</s>", ThinkingWorld.SECOND + "</s>");
  }

  @Test
  void shouldKeepClosingTagWhereTemplateOpensBlock() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.OPENING);
    KilledProcess.Result result = generate("pairs");
    assertThat(result.exitCode()).as(result.err()).isZero();
    checkPairs(
        "</think>" + ThinkingWorld.FIRST + "</s>", "</think>" + ThinkingWorld.SECOND + "</s>");
  }

  @Test
  void shouldDropPairsWithReasoningIfConfigured() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.DEAF);
    KilledProcess.Result result = generate("pairs", "--reasoning", "drop");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the model reasoned before its answer");
  }

  @Test
  void shouldDropPairsWhoseReasoningDoesNotEnd() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.SWITCHED);
    KilledProcess.Result result =
        generate("pairs", "--chat-template-kwargs", ON, "--reasoning-tokens", "2");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the model's reasoning did not reach an answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {ThinkingWorld.SWITCHED, ThinkingWorld.OPENING, ThinkingWorld.DEAF})
  void shouldReadAnswersOfEvaluationAfterReasoning(String template) throws IOException {
    ThinkingWorld.write(folder.resolve("model"), template);
    // The answer has two tokens; a block has its own room.
    KilledProcess.Result result =
        evaluate(
            "run",
            "--answer-tokens",
            template.equals(ThinkingWorld.DEAF) ? "5" : "2",
            "--chat-template-kwargs",
            ON);
    assertThat(result.exitCode()).as(result.err()).isZero();
    Evaluation evaluation = Json.read(folder.resolve("run/evaluation.json"), Evaluation.class);
    assertThat(exactMatch(evaluation)).isEqualTo(1);
    assertThat(evaluation.reasoning().ended()).isPositive();
    assertThat(evaluation.reasoning().unended()).isZero();
  }

  @Test
  void shouldReportReasoningWithoutAnswer() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.DEAF);
    KilledProcess.Result result = evaluate("run", "--answer-tokens", "2");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("answers count as wrong", "--reasoning-tokens");
    Evaluation evaluation = Json.read(folder.resolve("run/evaluation.json"), Evaluation.class);
    assertThat(exactMatch(evaluation)).isZero();
    assertThat(evaluation.reasoning().unended()).isEqualTo(evaluation.reasoning().answers());
  }

  private static double exactMatch(Evaluation evaluation) {
    return evaluation
        .task("qa")
        .flatMap(result -> result.headline(OptionalInt.empty()))
        .orElseThrow()
        .value();
  }

  @ParameterizedTest
  @ValueSource(strings = {ThinkingWorld.SWITCHED, ThinkingWorld.OPENING})
  void shouldCompleteWithTheAnswerAlone(String template) throws IOException {
    ThinkingWorld.write(folder.resolve("model"), template);
    List<String> on = List.of("--chat-template-kwargs", ON);
    KilledProcess.Result result = complete(on, "--max-tokens", "2");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo(ThinkingWorld.FIRST + System.lineSeparator());
    assertThat(result.err()).isEmpty();
    KilledProcess.Result shown = complete(on, "--show-reasoning");
    assertThat(shown.out()).isEqualTo(result.out());
    assertThat(shown.err()).contains(ThinkingWorld.REASONING);
    KilledProcess.Result unended = complete(on, "--reasoning-tokens", "1");
    assertThat(unended.exitCode()).isEqualTo(2);
    assertThat(unended.err()).contains("reasoning had not ended after 1 tokens");
  }

  @Test
  void shouldNotAdviseMoreTokensWhereTheModelEndsInItsReasoning() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.OPENING, "</s>");
    KilledProcess.Result ended = complete(List.of());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("ended its text inside its reasoning, after 2 tokens")
        .doesNotContain("--reasoning-tokens");
  }

  @Test
  void shouldCountReasoningWhereContextsReachBeyondTheModelsPositions() throws IOException {
    ThinkingWorld.write(folder.resolve("model"), ThinkingWorld.OPENING);
    KilledProcess.Result within =
        evaluate("within", "--answer-tokens", "2", "--reasoning-tokens", "3582");
    assertThat(within.err()).doesNotContain("positions");
    KilledProcess.Result beyond =
        evaluate("beyond", "--answer-tokens", "2", "--reasoning-tokens", "3583");
    assertThat(beyond.err()).contains("4,097 tokens are more than the 4,096 that positions");
  }

  /** That chosen and rejected are the two sentences, with log-probabilities for their ids alone. */
  private void checkPairs(String first, String second) throws IOException {
    List<PairRow> rows = PairRows.readAll(folder.resolve("pairs/pairs.jsonl"));
    assertThat(rows).isNotEmpty();
    try (Tokenizer tokenizer = Tokenizer.load(folder.resolve("model"))) {
      for (PairRow row : rows) {
        row.pairs()
            .forEach(
                pair -> {
                  assertThat(pair.instruction())
                      .isIn(ThinkingWorld.FIRST.substring(3), ThinkingWorld.SECOND.substring(3));
                  for (Answer answer : List.of(pair.chosen(), pair.rejected())) {
                    assertThat(tokenizer.decodeWithSpecial(answer.tokens())).isIn(first, second);
                    assertThat(answer.text()).isIn(ThinkingWorld.FIRST, ThinkingWorld.SECOND);
                    assertThat(answer.referenceShort()).hasSameSizeAs(answer.tokens());
                  }
                });
      }
    }
  }

  private PairManifest manifest(String run) {
    return PairManifest.read(folder.resolve(run).resolve("manifest.json"));
  }

  private KilledProcess.Result generate(String out, String... more) {
    return run(
        "generate",
        List.of(
            "--documents",
            folder.resolve("documents").toString(),
            "--length",
            "256",
            "--instructions-per-chunk",
            "1",
            "--pairs-per-document",
            "2",
            "--temperature",
            "1",
            "--max-new-tokens",
            "5",
            "--out",
            folder.resolve(out).toString()),
        more);
  }

  private KilledProcess.Result evaluate(String out, String... more) throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions,
        "{\"passage\": \"A sailor.\", \"question\": \"What?\", \"answers\": [\"%s\"]}\n"
            .formatted(ThinkingWorld.FIRST));
    return run(
        "evaluate",
        List.of(
            "--documents",
            folder.resolve("documents").toString(),
            "--lengths",
            "512",
            "--haystacks",
            "1",
            "--questions",
            "2",
            "--window",
            "64",
            "--qa",
            questions.toString(),
            "--out",
            folder.resolve(out).toString()),
        more);
  }

  private KilledProcess.Result complete(List<String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--chat", "--prompt", "Who?"));
    arguments.addAll(settings);
    return run("complete", arguments, more);
  }

  private KilledProcess.Result run(String command, List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--model"));
    all.add(folder.resolve("model").toString());
    all.addAll(arguments);
    all.addAll(List.of(more));
    return command.equals("complete") ? KilledProcess.inProcess(all) : KilledProcess.saying(all);
  }
}
