package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evaluation.Evaluation;
import org.longpo.files.Json;
import org.longpo.pipeline.EvaluateStage;

/** {@code longpo evaluate} on a tiny random model with a context of 128 tokens. */
class EvaluateCommandTest {
  @TempDir Path folder;

  private Path run;

  @BeforeEach
  void makeWorld() throws IOException {
    run = folder.resolve("run");
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 2, 20);
  }

  private KilledProcess.Result evaluate(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--documents",
                folder.resolve("documents").toString(),
                "--haystacks",
                "1",
                "--questions",
                "1",
                "--window",
                "64",
                "--out",
                run.toString()));
    command.addAll(List.of(more));
    return KilledProcess.inProcess(command);
  }

  private static void assertRefusedBeforeAnythingIsWritten(
      KilledProcess.Result result, Path run, String... words) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(words);
    assertThat(run).doesNotExist();
  }

  @Test
  void shouldListAllTasksWithWhatTheyNeed() {
    KilledProcess.Result list = KilledProcess.inProcess(List.of("evaluate", "--list"));
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out().lines().map(line -> line.split(" ")[0]).skip(1))
        .containsExactlyElementsOf(AllTasks.ALL.stream().map(task -> task.info().id()).toList());
    assertThat(list.out()).containsPattern("bits-per-byte +- +bits per byte +0 +--documents\n");
  }

  @Test
  void shouldEvaluateQuestionsWithoutDocuments() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            "{\"passage\": \"A passage.\", \"question\": \"What?\", \"answers\": [\"it\"]}\n");
    KilledProcess.Result result =
        KilledProcess.inProcess(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--qa",
                questions.toString(),
                "--answer-tokens",
                "2",
                "--out",
                run.toString()));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("qa, exact match: ").doesNotContain("needle");
  }

  @Test
  void shouldFindALengthThatTheTextsDoNotFillBeforeAnyOther() {
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--lengths", "192,100000", "--answer-tokens", "2"),
        run,
        "The haystack texts have about",
        "a context of 100,000 tokens needs");
  }

  @Test
  void shouldFindALengthThatDoesNotHoldItsQuestionBeforeAnyOther() {
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--lengths", "192,64", "--answer-tokens", "2"),
        run,
        "A context of 64 tokens is too short",
        "greater length");
  }

  @Test
  void shouldFindAWrongQuestionOfTheLastLineBeforeAnythingIsWritten() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            """
            {"passage": "A passage.", "question": "What?", "answers": ["it"]}
            {"passage": "A passage.", "question": "What?", "answers": []}
            """);
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--lengths", "192", "--answer-tokens", "2", "--qa", questions.toString()),
        run,
        "qa.jsonl:2: answers");
  }

  @Test
  void shouldFindAPassageThatNoContextHolds() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            "{\"passage\": \"%s\", \"question\": \"What?\", \"answers\": [\"it\"]}\n"
                .formatted("The old gardener wrote. ".repeat(40)));
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--lengths", "192", "--answer-tokens", "2", "--qa", questions.toString()),
        run,
        "qa.jsonl:1: the passage has");
  }

  @Test
  void shouldRefuseAnswersAsLongAsAContext() {
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--lengths", "192,320", "--answer-tokens", "192"),
        run,
        "--answer-tokens is 192, which must be less than the shortest of the lengths, 192; make it"
            + " smaller, or give greater --lengths.");
  }

  @Test
  void shouldDeriveDefaultLengthsFromTheModelsContext() throws IOException {
    stretchContext();
    KilledProcess.Result result = evaluate("--answer-tokens", "2");
    assertThat(result.exitCode()).as(result.err()).isZero();
    // A quarter does not hold the question; all but two tokens of answer, in steps of a
    // thirty-second.
    assertThat(lengths()).containsExactly(256, 496);
  }

  /** What the defaults would be now does not matter. */
  @Test
  void shouldResumeWithTheLengthsThatTheRunBeganWith() throws IOException {
    stretchContext();
    KilledProcess.Result begun = evaluate("--answer-tokens", "2", "--lengths", "320,192");
    assertThat(begun.exitCode()).as(begun.err()).isZero();
    Files.delete(run.resolve(EvaluateStage.RESULT_FILE));
    KilledProcess.Result again = evaluate("--answer-tokens", "2");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(begun.out());
    assertThat(lengths()).containsExactly(192, 320);
    KilledProcess.Result other = evaluate("--answer-tokens", "2", "--lengths", "192");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("needle.jsonl was begun with other inputs", "lengths [320,192] (now [192])");
  }

  @Test
  void shouldComputeOnlyWhatIsAddedToAFinishedEvaluation() throws IOException {
    KilledProcess.Result windows = evaluate("--tasks", "bits-per-byte");
    assertThat(windows.exitCode()).as(windows.err()).isZero();
    assertThat(run.resolve("needle.jsonl")).doesNotExist();
    byte[] finished = Files.readAllBytes(run.resolve("bits-per-byte.jsonl"));
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            "{\"passage\": \"A passage.\", \"question\": \"What?\", \"answers\": [\"it\"]}\n");

    KilledProcess.Result all =
        evaluate("--answer-tokens", "2", "--lengths", "192", "--qa", questions.toString());

    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(all.out())
        .contains("needle at 192 tokens", "qa-haystack at 192 tokens", "qa, ", "bits-per-byte, ");
    assertThat(run.resolve("bits-per-byte.jsonl")).hasBinaryContent(finished);
    KilledProcess.Result unknown = evaluate("--tasks", "needle,qq");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--tasks: There is no task 'qq' (did you mean 'qa'?)", "--list");
  }

  @Test
  void shouldCheckMemoryForATaskThatIsAddedToABegunFolder() {
    KilledProcess.Result windows = evaluate("--tasks", "bits-per-byte");
    assertThat(windows.exitCode()).as(windows.err()).isZero();
    KilledProcess.Result added =
        evaluate("--tasks", "needle", "--lengths", "2000000000", "--answer-tokens", "2");
    assertThat(added.exitCode()).isEqualTo(2);
    assertThat(added.err()).contains("A context of 2,000,000,000 tokens needs at least");
  }

  private void stretchContext() throws IOException {
    Path config = folder.resolve("model").resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"max_position_embeddings\": 128", "\"max_position_embeddings\": 512"));
  }

  private List<Integer> lengths() {
    return Json.read(run.resolve(EvaluateStage.RESULT_FILE), Evaluation.class)
        .task("needle")
        .orElseThrow()
        .headlines()
        .stream()
        .map(row -> row.length().orElseThrow())
        .toList();
  }

  @Test
  void shouldExplainWhyNoDefaultLengthIsPossible() {
    assertRefusedBeforeAnythingIsWritten(
        evaluate("--answer-tokens", "2"), run, "give --lengths", "is too short");
  }
}
