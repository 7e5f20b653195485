package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.documents.DocumentSource;
import org.longpo.pipeline.EvolveRun;
import org.longpo.pipeline.RunLayout;
import org.longpo.tiny.Demo;
import org.longpo.tiny.DemoScale;
import org.longpo.tiny.EmbeddedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longpo demo}: the whole method on the embedded model. */
@Command(
    name = "demo",
    header = "The whole method on an embedded model, in minutes, on any laptop.",
    description =
        "Writes documents, lets a tiny model make its own preference pairs from them, trains it on"
            + " them and evaluates it before and after. RUN then holds report.html, the checkpoint,"
            + " the pairs and all figures.")
final class DemoCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      defaultValue = "runs/demo",
      description =
          "The run's folder: new, empty, or one of the same run, which goes on. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "All randomness comes from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Demo demo = new Demo(out, DemoScale.full(), seed);
    try (RunFolder folder =
        RunFolder.open(out, RunRecord.of("demo", demo.settings(), seed), console)) {
      console
          .progress()
          .say(
              ("A tiny model, made by this program, knows contexts of up to %,d tokens. It now"
                   + " teaches itself %,d: it writes questions about short passages of long"
                   + " documents, answers each from the passage alone (chosen) and from the whole"
                   + " document (rejected), and learns to prefer the first.")
                  .formatted(EmbeddedModel.WINDOW_TOKENS, demo.scale().lengthTokens()));
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
