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

/** {@code longpo evaluate} with a judge, on tiny random models. */
class JudgeCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makeWorld() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    Files.writeString(
        folder.resolve("mt_bench_questions.jsonl"),
        "{\"question_id\": 1, \"category\": \"stem\", \"turns\": [\"What?\", \"Why?\"]}\n");
  }

  private KilledProcess.Result evaluate(String run, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--data",
                folder.toString(),
                "--judged-answer-tokens",
                "3",
                "--judge-tokens",
                "3",
                "--out",
                folder.resolve(run).toString()));
    command.addAll(List.of(more));
    return KilledProcess.saying(command);
  }

  /** The same weights with a chat template of its own: another judge. */
  private String otherJudge() throws IOException {
    Path judge = folder.resolve("judge");
    TinyWorld.writeModel(judge);
    Files.writeString(
        judge.resolve("chat_template.jinja"),
        "{% for message in messages %}{{ message.content }} {% endfor %}");
    return judge.toString();
  }

  @Test
  void shouldLetAnotherModelJudgeAndCompare() throws IOException {
    String judge = otherJudge();
    KilledProcess.Result first = evaluate("run", "--tasks", "mt-bench", "--judge", judge);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("mt-bench, score from 1 to 10: none, as no sample has one")
        .contains("mt-bench, judgments without a rating from 1 to 10: 100.0 ");
    assertThat(folder.resolve("run/mt-bench.jsonl")).content().contains("\"judgments\":[\"");

    KilledProcess.Result pairwise =
        evaluate(
            "other",
            "--tasks",
            "mt-bench-pairwise",
            "--judge",
            judge,
            "--judge-against",
            folder.resolve("run").toString());
    assertThat(pairwise.exitCode()).as(pairwise.err()).isZero();
    assertThat(pairwise.out()).contains("mt-bench-pairwise, answers with a judgment without");
  }

  @Test
  void shouldRefuseToContinueWithAnotherJudge() throws IOException {
    assertThat(evaluate("run", "--tasks", "mt-bench").exitCode()).isZero();
    KilledProcess.Result other = evaluate("run", "--tasks", "mt-bench", "--judge", otherJudge());
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("other judge (SHA-256 ");
    KilledProcess.Result same =
        evaluate("run", "--tasks", "mt-bench", "--judge", folder.resolve("model").toString());
    assertThat(same.exitCode()).as(same.err()).isZero();
  }

  @Test
  void shouldRateAnswersAboutLongTexts() throws IOException {
    Path data = Files.createDirectories(folder.resolve("longbench_chat"));
    Files.writeString(
        data.resolve("test_cases.json"),
        "[{\"idx\": 1, \"prompt\": \"%s What?\", \"query\": \"What?\", \"answer\": \"It.\"}]"
            .formatted("A sentence. ".repeat(60)));
    Files.writeString(
        data.resolve("few_shots.json"),
        "[[%1$s, %1$s, %1$s]]".formatted("{\"answer\": \"It.\", \"score\": 9}"));
    KilledProcess.Result tooLong = evaluate("run", "--tasks", "longbench-chat");
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.err()).contains("test_cases.json, row 1", "--truncate middle");
    KilledProcess.Result cut = evaluate("run", "--tasks", "judged", "--truncate", "middle");
    assertThat(cut.exitCode()).as(cut.err()).isZero();
    assertThat(cut.out())
        .contains("longbench-chat, truncated inputs: 100.0 ± ? % (n = 1 in 1 questions)")
        .contains("mt-bench, judgments without");
    assertThat(cut.err()).contains("judges its own answers");
  }

  @Test
  void shouldSayThatAJudgeHasNoEffectWhereNoTaskAsksOne() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            "{\"passage\": \"A passage.\", \"question\": \"What?\", \"answers\": [\"it\"]}\n");
    KilledProcess.Result result =
        evaluate("run", "--qa", questions.toString(), "--tasks", "qa", "--judge", otherJudge());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("--judge has no effect");
  }

  @Test
  void shouldRefuseAJudgeThatIsNoModelBeforeAnythingIsWritten() {
    KilledProcess.Result result =
        evaluate("run", "--tasks", "mt-bench", "--judge", folder.resolve("none").toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("none");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
