package org.longpo.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.evolve.ModelChoice;
import org.longpo.evolve.TrainStage;
import org.longpo.pairs.GenerateStage;
import org.longpo.pairs.PairManifest;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longpo train}: pairs to a checkpoint. */
@Command(
    name = "train",
    header = "Trains a model on preference pairs (LongPO).",
    description = {
      "Reads what generate wrote and leaves RUN/model, a checkpoint that transformers loads, with"
          + " metrics.jsonl (TRL's names) and timings.jsonl beside it.",
      "Killed or stopped, it goes on at its last checkpoint when the same command is given again."
    })
final class TrainCommand implements Runnable {
  private final Console console;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "DIR",
      description = "The folder that generate wrote, made with this very model.")
  private Path pairs = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run's folder: new, empty, or one of the same run, which goes on.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Decides the order of the data. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--rope-theta",
      paramLabel = "THETA",
      description = "RoPE theta of the policy. Default: that of the rejected answers.")
  private @Nullable Double ropeTheta;

  @Mixin private final TrainOptions train = new TrainOptions();

  TrainCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Settings(ModelChoice model, String pairFileSha256, Map<String, Object> train) {}

  @Override
  public void run() {
    ModelChoice choice = model.choice();
    PairManifest manifest = PairManifest.read(pairs.resolve(GenerateStage.MANIFEST));
    TrainingSettings settings =
        train.settings(
            manifest.settings().lengthTokens(),
            Optional.ofNullable(ropeTheta).or(() -> manifest.settings().rejectedRopeTheta()),
            seed);
    manifest.verify(pairs.resolve(GenerateStage.PAIR_FILE));
    ModelCheck.check(choice, console);
    try (RunFolder folder =
        RunFolder.open(
            out,
            RunRecord.of(
                "train", new Settings(choice, manifest.pairFileSha256(), settings.byName()), seed),
            console)) {
      Path trained =
          new TrainStage(choice, settings)
              .run(pairs, folder.path(), console.progress(), console.cancellation());
      console.out().println("checkpoint: " + trained);
    }
  }
}
