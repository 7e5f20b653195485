package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.longpo.evaluation.comparison.TestResults.model;
import static org.longpo.evaluation.comparison.TestResults.task;
import static org.longpo.evaluation.comparison.TestResults.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.comparison.TestResults;

/** {@code longpo results} on folders as {@code evaluate} and {@code evolve} leave them. */
class ResultsCommandTest {
  private static final String SETTINGS = "{\"settings\": {\"lengths\": [100, 200]}}";

  @TempDir Path folder;

  private KilledProcess.Result results(String... arguments) {
    List<String> command = new ArrayList<>(List.of("results"));
    command.addAll(List.of(arguments));
    return KilledProcess.inProcess(command);
  }

  private String write(String name, int right) {
    return write(name, right, SETTINGS);
  }

  private String write(String name, int right, String settings) {
    List<ItemResult> items = new ArrayList<>(texts(100, right, 40 - right));
    items.addAll(texts(200, 10, 30));
    Path run = folder.resolve(name);
    TestResults.write(model(name, task("needle", 1), settings, items), run);
    return run.toString();
  }

  @Test
  void shouldPrintATableWithMarks() {
    KilledProcess.Result result = results(write("before", 4), write("after", 36));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().replaceAll(" +", " "))
        .isEqualTo(
            """
             n before after
            needle, right answers
             100 tokens 40 10.0 ± 4.7 % 90.0 ± 4.7 % *
             200 tokens 40 25.0 ± 6.8 % 25.0 ± 6.8 %
             mean of 100; 200 80 17.5 ± 5.2 % 57.5 ± 4.5 % *
            (± one standard error)
            * differs from before with p < 0.05 (paired bootstrap over texts, each comparison by itself)
            2 of 3 comparisons have the mark; where nothing differs, about 0.2 of so many would have it by chance.
            """);
  }

  @Test
  void shouldTakeEveryModelOfARunOfEvolve() {
    for (String model :
        List.of("base", "base-rope", "round-2-200", "round-10-400", "round-1-100")) {
      write("run/" + model + "/evaluation", 20);
    }
    KilledProcess.Result result = results(folder.resolve("run").toString(), write("other", 20));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines().findFirst().orElseThrow().strip().split(" {2,}"))
        .containsExactly(
            "n",
            "run/base",
            "run/base with the last RoPE",
            "run/round-1-100",
            "run/round-2-200",
            "run/round-10-400",
            "other");
  }

  @Test
  void shouldWriteTheSameAsCsv() throws IOException {
    Path csv = folder.resolve("table.csv");
    KilledProcess.Result result =
        results(write("before", 4), write("after", 36), "--csv", csv.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).endsWith("table: " + csv + "\n");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst()).startsWith("task,metric,length_tokens,model,value,");
    assertThat(lines.get(1)).matches("needle,accuracy,100,before,0\\.1,0\\.047\\d*,40,40,,,,,,");
    assertThat(lines.get(2))
        .matches(
            "needle,accuracy,100,after,0\\.9,0\\.047\\d*,40,40,before,0\\.8,0\\.[67]\\d*,"
                + "0\\.[89]\\d*,1\\.9998\\d*E-4,");
    assertThat(lines.get(5)).startsWith("needle,accuracy,100 200,before,0.175,");
  }

  @Test
  void shouldSayWhatItDoesNotCompare() {
    KilledProcess.Result result =
        results(write("one", 4), write("other", 36, "{\"settings\": {\"lengths\": [100]}}"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("90.0 ± 4.7 % #", "No difference could be tested.")
        .contains(
            "needle: one and other measure different things and are not compared:"
                + " settings.lengths [100,200] and [100].");
  }

  @Test
  void shouldNameTheNearestColumn() {
    String before = write("before", 4);
    assertThat(results(before, write("after", 5), "--against", "after").out())
        .contains("* differs from after with");
    KilledProcess.Result wrong = results(before, "--against", "befor");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("--against: There is no column 'befor' (did you mean 'before'?)");
  }

  private void assertRefused(KilledProcess.Result result, String... words) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(words);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void shouldRefuseARunWithoutFigures() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertRefused(
        results(write("before", 4), empty.toString()),
        empty + " holds no evaluation.json: give the folder of a run of evaluate");
    assertRefused(results(folder.resolve("nowhere").toString()), "nowhere holds no");
    String run = folder.resolve("before").toString();
    assertRefused(results(run, run), "is given twice");
  }

  @Test
  void shouldRefuseFiguresOfAnotherFormat() throws IOException {
    String run = write("before", 4);
    Path figures = Path.of(run, "evaluation.json");
    Files.writeString(
        figures, Files.readString(figures).replaceFirst("\"format\" : \\d+", "\"format\" : 1"));
    assertRefused(results(run), "evaluation.json is of another version of longpo (format 1,");
  }

  @Test
  void shouldRefuseALogThatDoesNotBelongToTheFigures() throws IOException {
    Path log = Path.of(write("before", 4), "needle.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, lines.size() - 1));
    assertRefused(
        results(folder.resolve("before").toString()),
        "needle.jsonl has 79 results, but the figures of needle in",
        "are of 80; remove it and give the command that made the run again");
    List<String> other = new ArrayList<>(lines);
    other.set(1, lines.get(1).replace("\"accuracy\":1.0", "\"accuracy\":0.0"));
    Files.write(log, other);
    assertRefused(
        results(folder.resolve("before").toString()), "needle.jsonl has other results than those");
    Files.delete(log);
    assertRefused(
        results(folder.resolve("before").toString()),
        "needle.jsonl is missing",
        "give the command that made the run again, or leave the run out");
  }

  @Test
  void shouldNotOverwriteWhatItReads() throws IOException {
    String run = write("before", 4);
    for (String file : List.of("evaluation.json", "needle.jsonl")) {
      Path path = Path.of(run, file);
      byte[] before = Files.readAllBytes(path);
      assertRefused(
          results(run, "--csv", path.toString()), "is the file that the comparison reads");
      assertThat(path).hasBinaryContent(before);
    }
  }

  @Test
  void shouldReadWhatEvaluateWrote() throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    Path questions =
        Files.writeString(
            folder.resolve("qa.jsonl"),
            "{\"passage\": \"A passage.\", \"question\": \"What?\", \"answers\": [\"it\"]}\n");
    for (String run : List.of("first", "second")) {
      KilledProcess.Result evaluated =
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
                  folder.resolve(run).toString()));
      assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    }
    KilledProcess.Result result =
        results(folder.resolve("first").toString(), folder.resolve("second").toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    // One text shows nothing of how texts vary.
    assertThat(result.out())
        .containsPattern("qa, exact match\n +all +1 +[0-9.]+ ± \\? % +[0-9.]+ ± \\? %\n")
        .contains("No difference could be tested.");
  }
}
