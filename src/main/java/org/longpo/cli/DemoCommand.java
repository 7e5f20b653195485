package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.longpo.documents.DocumentSource;
import org.longpo.pipeline.EvolveRun;
import org.longpo.pipeline.RunLayout;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;
import org.longpo.settings.Variants;
import org.longpo.tiny.Demo;
import org.longpo.tiny.DemoScale;
import org.longpo.tiny.EmbeddedModel;
import picocli.CommandLine.Command;

/** {@code longpo demo}: the whole method on the embedded model. */
@Command(
    name = "demo",
    header = "The whole method on an embedded model, in minutes.",
    description =
        "Writes documents, lets a tiny model make its own preference pairs from them, trains it on"
            + " them and evaluates it before and after. RUN then holds report.html, the checkpoint,"
            + " the pairs and all figures.")
final class DemoCommand extends OptionCommand {
  /** The run's folder and its seed. */
  @Section("Run")
  record Run(
      @Option(
              defaultValue = "runs/demo",
              label = "RUN",
              decidesResult = false,
              meaning = "The run's folder: new, empty, or one of the same run, which then resumes.")
          Path out,
      @SeedOption long seed) {}

  DemoCommand(Console console) {
    super(console, Schema.of(Variants.NONE, Run.class).inFileWith("demo_", Run.class));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    Demo demo = new Demo(run.out(), DemoScale.full(), run.seed());
    RunRecord record = RunRecord.of("demo").with("seed", run.seed()).with(demo.settings().byName());
    try (RunFolder folder = RunFolder.open(run.out(), record, console)) {
      console
          .progress()
          .say(
              String.format(
                  Locale.ROOT,
                  "A tiny model, made by this program, knows contexts of up to %,d tokens. It now"
                      + " teaches itself %,d: it writes questions about short passages of long"
                      + " documents, answers each given the passage alone (chosen) and given the"
                      + " whole document (rejected), and is trained to prefer the first.",
                  EmbeddedModel.WINDOW_TOKENS,
                  demo.scale().lengthTokens()));
      demo.prepare();
      RunLayout.Evolve layout = new RunLayout.Evolve(folder.path());
      EvolveRun.Outcome outcome =
          new EvolveRun(demo.settings(), layout, console.progress(), console.cancellation())
              .run(DocumentSource.of(List.of(demo.documents())));
      console.out().print(OutcomeTable.of(outcome));
      console.out().println("checkpoint: " + outcome.model());
      console.out().println("report: " + layout.reportPage());
    }
  }
}
