package org.longpo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.pipeline.RunLayout;
import org.longpo.report.ReportData;
import org.longpo.report.ReportFiles;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longpo report}: a run's records as one HTML page. */
@Command(
    name = "report",
    header = "Writes a run's results as one self-contained HTML page.",
    description =
        "Reads RUN/report.json, which evolve keeps up to date, and writes a page with"
            + " accuracy by context length and depth, the course of training, and pairs of answers"
            + " side by side, and the paper's tables for one's own models where their tasks were"
            + " run. The page needs no network; stages that have not run yet are left out. Beside"
            + " it, charts/ has every chart as CSV and PNG. The same records give the same bytes.")
final class ReportCommand extends OptionCommand {
  /** The file of the page. */
  @Section("Page")
  record Page(
      @Option(
              defaultText = "RUN/report.html",
              label = "FILE",
              decidesResult = false,
              meaning = "Where to write the page.")
          Optional<Path> out) {}

  @Parameters(paramLabel = "RUN", description = "The folder of a run.")
  private Path run = Path.of("");

  ReportCommand(Console console) {
    super(console, Schema.of(Variants.NONE, Page.class).inFileWith("report_", Page.class));
  }

  @Override
  void run(OptionValues given) {
    RunLayout.Evolve folder = new RunLayout.Evolve(run);
    if (!Files.isRegularFile(folder.reportData())) {
      throw new UserError(
          "%s holds no %s: give the folder of a run of evolve that has finished a round."
              .formatted(run, ReportData.FILE));
    }
    Path page = given.read(Page.class).out().orElseGet(folder::reportPage);
    new OutputFile("--out", page).requireNot(folder.reportData(), "the report");
    ReportData data = Json.read(folder.reportData(), ReportData.class);
    ReportFiles.write(data, page).ifPresent(console::warn);
    console.out().println(page);
  }
}
