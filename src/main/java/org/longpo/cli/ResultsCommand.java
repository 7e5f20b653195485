package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.evaluation.comparison.ModelResults;
import org.longpo.evaluation.comparison.ResultTable;
import org.longpo.evaluation.comparison.TableBuilder;
import org.longpo.files.AtomicFile;
import org.longpo.pipeline.FinishedEvaluation;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longpo results}: the figures of several models, and which of them differ. */
@Command(
    name = "results",
    header = "Prints a table of finished evaluations, and which of their differences are chance.",
    description = {
      "Reads the folders of runs of evaluate, evolve and demo; of the latter, every model that was"
          + " evaluated is a column. A figure that differs significantly from that of the first"
          + " column has a mark. Needs no model.",
      "The test is a paired bootstrap over texts: the questions about a text stay together, and"
          + " both models' answers to them. 10,000 resamples with a fixed seed; p is two-sided, the"
          + " interval is the 95 % percentile interval. Models are compared only where task, inputs"
          + " and settings are the same; otherwise a line says why not."
    })
final class ResultsCommand extends OptionCommand {
  /** What is compared, and where the table goes. */
  @Section("Results")
  record Table(
      @Option(
              defaultText = "the first column",
              label = "NAME",
              decidesResult = false,
              meaning = "The column that all others are compared with.")
          Optional<String> against,
      @Option(
              defaultText = "none",
              label = "FILE",
              decidesResult = false,
              meaning =
                  "Where to write the same as comma-separated values, with the differences, their"
                      + " intervals and p.")
          Optional<Path> csv) {}

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
  private List<Path> runs = List.of();

  ResultsCommand(Console console) {
    super(console, Schema.of(Variants.NONE, Table.class).inFileWith("results_", Table.class));
  }

  @Override
  void run(OptionValues given) {
    Table options = given.read(Table.class);
    List<String> names = new ArrayList<>();
    List<FinishedEvaluation> evaluations = new ArrayList<>();
    ColumnNames columns = ColumnNames.of(runs);
    for (Path run : runs) {
      for (FinishedEvaluation evaluation : FinishedEvaluation.of(run)) {
        names.add(columns.name(run, evaluation.model()));
        evaluations.add(evaluation);
      }
    }
    String against = options.against().orElse(names.getFirst());
    requireColumn(given, against, names);
    options.csv().ifPresent(file -> requireNotRead(file, evaluations));
    List<ModelResults> models = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      models.add(evaluations.get(i).read(names.get(i)));
    }
    ResultTable table = TableBuilder.of(models, against);
    console.out().print(ResultsText.of(table));
    options
        .csv()
        .ifPresent(
            file -> {
              AtomicFile.writeText(file, ResultsCsv.of(table).text());
              console.out().println("table: " + file);
            });
  }

  private static void requireColumn(OptionValues given, String against, List<String> names) {
    if (!names.contains(against)) {
      throw new UserError(
          "%s: There is no column '%s'%s; there are %s."
              .formatted(
                  given.where("against"),
                  against,
                  Nearest.to(against, names)
                      .map(near -> " (did you mean '" + near + "'?)")
                      .orElse(""),
                  String.join(", ", names)));
    }
  }

  private static void requireNotRead(Path csv, List<FinishedEvaluation> evaluations) {
    OutputFile output = new OutputFile("--csv", csv);
    evaluations.stream()
        .flatMap(evaluation -> evaluation.files().stream())
        .forEach(file -> output.requireNot(file, "the comparison"));
  }
}
