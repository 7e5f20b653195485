package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.DocumentSource;
import org.longpo.error.UserError;
import org.longpo.evolve.EvolveRun;
import org.longpo.evolve.EvolveSettings;
import org.longpo.evolve.ModelChoice;
import org.longpo.evolve.RoundSettings;
import org.longpo.evolve.TrainStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longpo evolve}: documents in, an evolved model out. */
@Command(
    name = "evolve",
    header = "The whole life: generate, train and evaluate for every length.",
    description = {
      "For every length: makes preference pairs with the model of the last round, trains it on"
          + " them, and evaluates it. RUN then holds report.html, round-K-N/training/model (a"
          + " checkpoint that transformers loads), the pairs and all figures.",
      "A run that was stopped or killed goes on when the same command is given again, and ends with"
          + " the same bytes."
    })
final class EvolveCommand implements Runnable {
  private final Console console;

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--lengths",
      required = true,
      split = ",",
      paramLabel = "N",
      description = "Document lengths in tokens, one round each, growing.")
  private List<Integer> lengths = List.of();

  @Mixin private final GenerateOptions generate = new GenerateOptions();
  @Mixin private final TrainOptions train = new TrainOptions();
  @Mixin private final EvaluateOptions evaluate = new EvaluateOptions();

  EvolveCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    requireGrowing(lengths);
    ModelChoice choice = model.choice();
    ModelConfig config = ModelConfig.read(choice.folder());
    EvolveSettings settings =
        new EvolveSettings(
            choice,
            run.documents(),
            evaluate.questionFile().map(Path::toString),
            lengths.stream()
                .map(
                    length ->
                        new RoundSettings(
                            generate.settings(length, run.ropeTheta(), run.seed()),
                            train.settings(length, run.ropeTheta(), run.seed())))
                .toList(),
            evaluate.settings(lengths, config.maxPositionEmbeddings(), run.seed()));
    DocumentSource documents = run.source(console);
    ModelCheck.check(choice, console);
    RoundSettings longest = settings.rounds().getLast();
    new TrainStage(choice, longest.train()).requireMemory(longest.generate());
    try (RunFolder folder =
        RunFolder.open(run.out(), RunRecord.of("evolve", settings, run.seed()), console)) {
      Path trained =
          new EvolveRun(settings, folder.path(), console.progress(), console.cancellation())
              .run(documents);
      console.out().println("checkpoint: " + trained);
      console.out().println("report: " + folder.path().resolve(EvolveRun.PAGE));
    }
  }

  private static void requireGrowing(List<Integer> lengths) {
    for (int i = 1; i < lengths.size(); i++) {
      if (lengths.get(i) <= lengths.get(i - 1)) {
        throw new UserError("--lengths must grow from round to round, not " + lengths + ".");
      }
    }
  }
}
