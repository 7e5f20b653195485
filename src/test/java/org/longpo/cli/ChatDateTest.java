package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.Json;
import org.longpo.pairs.PairManifest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A chat template that writes the date: every stage of a run, on whatever day, writes the same. */
class ChatDateTest {
  private static final LocalDateTime SOME_DAY = LocalDateTime.of(2031, 5, 4, 0, 0);

  @TempDir Path folder;

  @BeforeEach
  void makeModel() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    TinyWorld.writeDocuments(folder.resolve("documents"), 3, 40);
    Files.writeString(folder.resolve("instructions.txt"), "What happened?\nWho was it?\n");
    template(
        "{{ strftime_now('%d %b %Y, %H:%M:%S') }} {% for m in messages %}{{ m.content }}{% endfor"
            + " %}");
  }

  @Test
  void shouldPrintDateAndRecordIt() {
    KilledProcess.Result result = generate("pairs", "--chat-date", "2031-05-04");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("The chat template writes the date, 2031-05-04 for this run; --chat-date");
    assertThat(recorded("pairs")).isEqualTo("2031-05-04T00:00:00");
    assertThat(manifest("pairs").writer().chat().date()).contains(SOME_DAY);
  }

  @Test
  void shouldUseTheDayOnWhichTheRunBegan() {
    LocalDate before = LocalDate.now(ZoneId.systemDefault());
    assertThat(generate("pairs").exitCode()).isZero();
    LocalDate after = LocalDate.now(ZoneId.systemDefault());
    assertThat(recorded("pairs")).isIn(before + "T00:00:00", after + "T00:00:00");
  }

  @Test
  void shouldResumeOnAnotherDayAndRefuseAnotherDate() throws IOException {
    assertThat(generate("pairs", "--chat-date", "2031-05-04").exitCode()).isZero();
    // As if today were another day than that on which the run began.
    assertThat(generate("pairs").exitCode()).isZero();
    assertThat(generate("pairs", "--chat-date", "2031-05-04T00:00").exitCode()).isZero();
    KilledProcess.Result other = generate("pairs", "--chat-date", "2031-05-05");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("date 2031-05-04T00:00:00 (now 2031-05-05T00:00:00)");

    KilledProcess.Result evaluated = evaluate("--chat-date", "2031-05-04");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    byte[] figures = Files.readAllBytes(folder.resolve("evaluation/evaluation.json"));
    evaluated = evaluate();
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(folder.resolve("evaluation/evaluation.json")).hasBinaryContent(figures);
    assertThat(evaluate("--chat-date", "2031-05-05").exitCode()).isEqualTo(2);
  }

  @Test
  void shouldReadReferencesGivenThePromptsOfGeneration() {
    assertThat(generate("whole", "--chat-date", "2031-05-04", "--reference-long").exitCode())
        .isZero();
    assertThat(generate("pairs", "--chat-date", "2031-05-04").exitCode()).isZero();
    KilledProcess.Result result = run("reference", pairs("completed"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    for (String name : List.of("pairs.jsonl", "manifest.json")) {
      assertThat(folder.resolve("completed").resolve(name))
          .hasSameTextualContentAs(folder.resolve("whole").resolve(name));
    }
  }

  @Test
  void shouldTrainOnThePromptsOfGeneration() throws IOException {
    assertThat(
            generate(
                    "pairs",
                    "--chat-date",
                    "2031-05-04",
                    "--chat-template-kwargs",
                    "{\"name\": \"Zoë\"}")
                .exitCode())
        .isZero();
    for (String command : List.of("train", "reference", "compare")) {
      KilledProcess.Result otherDate = run(command, pairs("refused"), "--chat-date", "2031-05-05");
      assertThat(otherDate.exitCode()).as(command).isEqualTo(2);
      assertThat(otherDate.err())
          .contains("--chat-date differs from that of the pairs", "sampled with 2031-05-04:");
      KilledProcess.Result otherVariables =
          run(command, pairs("refused"), "--chat-template-kwargs", "{\"name\": \"Ann\"}");
      assertThat(otherVariables.exitCode()).as(command).isEqualTo(2);
      assertThat(otherVariables.err())
          .contains("sampled with {\"enable_thinking\": false, \"name\": \"Zoë\"}:");
      assertThat(folder.resolve("refused")).doesNotExist();
    }
    KilledProcess.Result trained = run("train", pairs("trained"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(recorded("trained")).isEqualTo("2031-05-04T00:00:00");
    assertThat(settings("trained").path("chat_template_kwargs").path("name").asString())
        .isEqualTo("Zoë");
  }

  @Test
  void shouldRefusePairsOfAnEarlierVersion() throws IOException {
    assertThat(generate("pairs", "--chat-date", "2031-05-04").exitCode()).isZero();
    Path file = folder.resolve("pairs/manifest.json");
    ObjectNode manifest = (ObjectNode) Json.read(file, JsonNode.class);
    manifest.remove("version");
    Files.writeString(file, Json.pretty(manifest));
    for (String command : List.of("train", "reference", "compare")) {
      KilledProcess.Result refused = run(command, pairs("run"), "--chat-date", "2031-05-04");
      assertThat(refused.exitCode()).as(command).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              file + " is of an earlier version of the pair file", "generate the pairs again.");
      assertThat(folder.resolve("run")).doesNotExist();
    }
  }

  @Test
  void shouldIgnoreDateWhereTemplateWritesNone() throws IOException {
    template("{% for m in messages %}{{ m.content }}{% endfor %}");
    KilledProcess.Result result = generate("pairs", "--chat-date", "2031-05-04");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("--chat-date has no effect");
    assertThat(settings("pairs").path("chat_date").isMissingNode()).isTrue();
    assertThat(generate("pairs").err()).doesNotContain("date");
  }

  @Test
  void shouldCompleteWithDate() {
    KilledProcess.Result first = complete("--chat-date", "2031-05-04");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(complete("--chat-date", "2031-05-04").out()).isEqualTo(first.out());
    assertThat(complete().exitCode()).isZero();
  }

  @Test
  void shouldResumeScoringOnAnotherDay() throws IOException {
    Files.writeString(
        folder.resolve("requests.jsonl"),
        "{\"id\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Who?\"}],\"continuations\":[\"I\"]}\n"
            .repeat(3));
    List<String> begun = new ArrayList<>(score());
    begun.addAll(List.of("--chat-date", "2031-05-04"));
    KilledProcess.stopped(begun, folder.resolve("answers.jsonl.partial"), 2);
    List<String> otherDate = new ArrayList<>(score());
    otherDate.addAll(List.of("--chat-date", "2031-05-05"));
    assertThat(KilledProcess.inProcess(otherDate).exitCode()).isEqualTo(2);
    KilledProcess.Result result = KilledProcess.inProcess(score());
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> answers = Files.readAllLines(folder.resolve("answers.jsonl"));
    assertThat(answers).hasSize(3);
    assertThat(answers).as("one date for all").containsOnly(answers.getFirst());
  }

  private List<String> score() {
    return List.of(
        "score",
        "--model",
        folder.resolve("model").toString(),
        "--requests",
        folder.resolve("requests.jsonl").toString(),
        "--out",
        folder.resolve("answers.jsonl").toString());
  }

  private void template(String source) throws IOException {
    Files.writeString(folder.resolve("model/chat_template.jinja"), source);
  }

  private JsonNode settings(String run) {
    return Json.read(folder.resolve(run).resolve("run.json"), JsonNode.class).path("settings");
  }

  private String recorded(String run) {
    return settings(run).path("chat_date").asString("none");
  }

  private PairManifest manifest(String run) {
    return PairManifest.read(folder.resolve(run).resolve("manifest.json"));
  }

  private List<String> pairs(String out) {
    return List.of(
        "--pairs", folder.resolve("pairs").toString(), "--out", folder.resolve(out).toString());
  }

  private KilledProcess.Result generate(String out, String... more) {
    return run(
        "generate",
        List.of(
            "--documents",
            folder.resolve("documents").toString(),
            "--instructions",
            folder.resolve("instructions.txt").toString(),
            "--out",
            folder.resolve(out).toString(),
            "--length",
            "320",
            "--temperature",
            "1",
            "--max-new-tokens",
            "24",
            "--pairs-per-document",
            "2"),
        more);
  }

  private KilledProcess.Result evaluate(String... more) {
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
            "1",
            "--answer-tokens",
            "2",
            "--out",
            folder.resolve("evaluation").toString()),
        more);
  }

  private KilledProcess.Result complete(String... more) {
    return run("complete", List.of("--chat", "--prompt", "Who?", "--max-tokens", "4"), more);
  }

  private KilledProcess.Result run(String command, List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--model"));
    all.add(folder.resolve("model").toString());
    all.addAll(arguments);
    all.addAll(List.of(more));
    return KilledProcess.saying(all);
  }
}
