package org.longpo.cli;

import java.util.List;
import org.longpo.documents.DocumentSource;
import org.longpo.evolve.ModelChoice;
import org.longpo.evolve.PairStage;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GenerateStage;
import org.longpo.pairs.PairManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longpo generate}: documents to preference pairs. */
@Command(
    name = "generate",
    header = "Makes preference pairs from documents.",
    description = {
      "Cuts documents into pieces of at most N tokens. For each piece the model writes instructions"
          + " about chunks of it and answers them twice: from the chunk (chosen) and from the whole"
          + " piece (rejected). RUN then holds pairs.jsonl, one line per piece with the reference's"
          + " log-probabilities, and manifest.json with all settings and what was dropped and why.",
      "Killed or stopped, it goes on when the same command is given again."
    })
final class GenerateCommand implements Runnable {
  private final Console console;

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--length",
      required = true,
      paramLabel = "N",
      description = "Tokens of a piece at most.")
  private int length;

  @Mixin private final GenerateOptions generate = new GenerateOptions();

  GenerateCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Settings(ModelChoice model, List<String> documents, GenerateSettings generate) {}

  @Override
  public void run() {
    ModelChoice choice = model.choice();
    GenerateSettings settings = generate.settings(length, run.ropeTheta(), run.seed());
    DocumentSource documents = run.source(console);
    ModelCheck.check(choice, console);
    try (RunFolder folder =
        RunFolder.open(
            run.out(),
            RunRecord.of("generate", new Settings(choice, run.documents(), settings), run.seed()),
            console)) {
      PairManifest manifest =
          new PairStage(choice, settings)
              .run(folder.path(), documents, console.progress(), console.cancellation());
      console
          .out()
          .printf(
              "%d pairs of %d documents: %s%n",
              manifest.pairs(), manifest.rows(), folder.path().resolve(GenerateStage.PAIR_FILE));
      if (manifest.dropped().total() > 0) {
        console.out().println("dropped: " + manifest.dropped().sentence());
      }
    }
  }
}
