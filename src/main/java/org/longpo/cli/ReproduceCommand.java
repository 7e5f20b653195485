package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.reproduction.ArmRecord;
import org.longpo.reproduction.Reproduction;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import picocli.CommandLine.Command;

/** {@code longpo reproduce}: the paper's experiments in small. */
@Command(
    name = "reproduce",
    header = "The paper's experiments in small: every method on the same pairs, with seeds.",
    description = {
      "Trains LongPO, SFT, DPO and LongPO's ablations from a model of the village (make-tiny --world"
          + " village), round by round, and asks all of them the same questions. Every model that"
          + " was measured is a file in --records, which later runs take over; where all are there,"
          + " only the page is written.",
      "Stopped or killed, it resumes when the same command is given again."
    })
final class ReproduceCommand extends OptionCommand {
  /** The base, the folders and the scale. */
  @Section("Run")
  record Run(
      @Option(label = "DIR", meaning = "The base: a model that make-tiny --world village made.")
          Path model,
      @RunOptions.Out Path out,
      @Option(
              defaultText = "RUN/records",
              label = "DIR",
              decidesResult = false,
              meaning = "Folder of the records, to take over those of earlier runs.")
          Optional<Path> records,
      @Option(
              defaultText = "RUN/reproduction.md",
              label = "FILE",
              decidesResult = false,
              meaning = "The page with all figures; its pictures go into a folder beside it.")
          Optional<Path> page,
      @Option(defaultValue = "false", meaning = "One seed, two rounds and the four main methods.")
          boolean quick,
      @Option(
              defaultText = "as many as there are processors",
              decidesResult = false,
              meaning = "Models that are trained at a time, each on a thread.")
          @Range(from = 1)
          Optional<Integer> workers) {}

  ReproduceCommand(Console console) {
    super(console, Schema.of(Variants.NONE, Run.class).inFileWith("reproduce_", Run.class));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    Path page = run.page().orElse(run.out().resolve("reproduction.md"));
    Reproduction reproduction =
        new Reproduction(
            run.model(),
            run.quick(),
            run.out(),
            run.records().orElse(run.out().resolve("records")),
            page);
    reproduction.check();
    RunRecord record = RunRecord.of("reproduce").with(run);
    try (RunFolder ignored = RunFolder.open(run.out(), record, console)) {
      List<ArmRecord> records =
          reproduction.run(
              run.workers().orElseGet(Runtime.getRuntime()::availableProcessors),
              Versions.current().git(),
              console.progress(),
              console.cancellation());
      console.out().println("records: " + records.size());
      console.out().println("page: " + page);
    }
  }
}
