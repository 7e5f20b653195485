package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

class ReportCommandTest {
  private static final String NOTHING_YET =
      """
      {"title": "A run", "summary": "", "facts": [],
       "evaluations": {"context_tokens": null, "tasks": [], "models": []}, "training": [],
       "pairs": {"generation": [], "examples": []}, "rounds": []}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path run;

  @Test
  void shouldWritePageIntoRunAndPrintItsPath() throws IOException {
    Files.writeString(run.resolve("report.json"), NOTHING_YET);
    assertThat(report(run.toString())).isZero();
    assertThat(run.resolve("report.html")).content().contains("<title>A run</title>");
    assertThat(out.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(run.resolve("report.html").toString());
  }

  @Test
  void shouldWritePageWhereTold() throws IOException {
    Files.writeString(run.resolve("report.json"), NOTHING_YET);
    Path page = run.resolve("pages/index.html");
    assertThat(report(run.toString(), "--out", page.toString())).isZero();
    assertThat(page).exists();
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void shouldWriteTheFilesOfChartsBesideThePage() throws IOException {
    Files.writeString(
        run.resolve("report.json"),
        NOTHING_YET.replace(
            "\"generation\": []",
            "\"generation\": [{\"round\": 1, \"kept\": 3, \"dropped\": []}]"));
    Path page = run.resolve("pages/index.html");
    assertThat(report(run.toString(), "--out", page.toString())).isZero();
    assertThat(run.resolve("pages/charts/pairs.csv"))
        .hasContent("round,outcome,candidates\n1,kept,3\n");
    assertThat(run.resolve("pages/charts/pairs.png")).isNotEmptyFile();
    assertThat(run.resolve("charts")).doesNotExist();
  }

  @Test
  void shouldNotOverwriteTheRecordsItReads() throws IOException {
    Path records = Files.writeString(run.resolve("report.json"), NOTHING_YET);
    Path link = Files.createSymbolicLink(run.resolve("page.html"), records);
    for (Path page : java.util.List.of(records, link)) {
      assertThat(report(run.toString(), "--out", page.toString())).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("is the file that the report reads");
    }
    assertThat(records).hasContent(NOTHING_YET);
  }

  @Test
  void shouldNameMissingFile() {
    assertThat(report(run.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("longpo: " + run + " holds no report.json")
        .contains("evolve");
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void shouldNameUnknownKey() throws IOException {
    Files.writeString(
        run.resolve("report.json"), NOTHING_YET.replace("\"facts\"", "\"fact\": 1, \"facts\""));
    assertThat(report(run.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("report.json", "fact:");
    assertThat(run.resolve("report.html")).doesNotExist();
  }

  @Test
  void shouldNameMissingParameter() {
    assertThat(report()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("longpo: Missing required parameter: 'RUN'.")
        .contains("'longpo report --help'");
  }

  private int report(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "report";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.run(new Console(outStream, errStream, Progress.NONE, Cancellation.NEVER), line);
  }
}
