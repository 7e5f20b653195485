package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.GenerateStage;
import org.longpo.pipeline.OpenPairs;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.TrainStage;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;

/** {@code longpo train}: pairs to a checkpoint. */
@Command(
    name = "train",
    header = "Trains a model on preference pairs: LongPO, or one of its neighbours.",
    description = {
      "Reads what generate wrote and leaves RUN/model, a checkpoint that transformers loads, with"
          + " metrics.jsonl (TRL's names), timings.jsonl and a TensorBoard event file beside it;"
          + " with lora_r also RUN/adapter, for PEFT (its README.md says how) and for --model.",
      "Killed or stopped, it goes on at its last checkpoint when the same command is given again."
    })
final class TrainCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(
              RunKeys.PAIRS, RunKeys.OUT, RunKeys.SEED, RunKeys.ROPE_THETA, RunKeys.ROPE_SCALING),
          ModelKeys.SECTION,
          ChatKeys.PROMPTS,
          ObjectiveKeys.SECTION,
          TrainKeys.SECTION);

  TrainCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Recorded(ModelChoice model, String pairFileSha256, Map<String, Object> train) {}

  @Override
  public SettingFlags flags() {
    return flags;
  }

  @Override
  public void run() {
    Settings given = flags.read();
    if (flags.wantsListing()) {
      flags.print(listing(given), console);
      return;
    }
    Path pairs = given.get(RunKeys.PAIRS);
    PairManifest manifest = new PairFolder(pairs).manifest();
    TrainingSettings settings = settings(given, manifest.settings());
    ModelChoice choice = ModelCheck.checkForPairs(given, manifest, console);
    ModelCheck.requireTrainable(choice, List.of(settings));
    ModelCheck.warnOfLength(choice, settings.rope(), manifest.settings().lengthTokens(), console);
    warnOfAnotherModel(choice, manifest);
    TrainStage stage = new TrainStage(choice, settings);
    RunRecord record =
        RunRecord.of(
            "train",
            new Recorded(choice, manifest.pairFileSha256(), settings.byName()),
            settings.seed());
    Path out = given.get(RunKeys.OUT);
    Path trained =
        RunFolder.isBegun(out) ? goOn(stage, pairs, out, record) : begin(stage, pairs, out, record);
    console.out().println("checkpoint: " + trained);
  }

  /** Nothing is written before the pairs are known to be fit for it. */
  private Path begin(TrainStage stage, Path pairs, Path out, RunRecord record) {
    try (OpenPairs open = stage.open(pairs, console.progress());
        RunFolder folder = RunFolder.open(out, record, console)) {
      return stage.run(open, folder.path(), console.progress(), console.cancellation());
    }
  }

  /** Pairs and documents are looked at only if there is something left to do. */
  private Path goOn(TrainStage stage, Path pairs, Path out, RunRecord record) {
    try (RunFolder folder = RunFolder.open(out, record, console)) {
      return stage
          .finished(folder.path(), console.progress())
          .orElseGet(
              () -> stage.run(pairs, folder.path(), console.progress(), console.cancellation()));
    }
  }

  /** Not an error: pairs of a stronger model are worth learning from, too. */
  private void warnOfAnotherModel(ModelChoice choice, PairManifest manifest) {
    try (Checkpoint checkpoint = Checkpoint.open(choice.folder())) {
      if (!manifest.isMadeBy(checkpoint.sha256())) {
        console.warn(
            "the pairs were made with another model than %s, or with another configuration of it: answers and reference log-probabilities are that model's."
                .formatted(choice.folder()));
      }
    }
  }

  private static TrainingSettings settings(Settings given, GenerateSettings made) {
    return TrainKeys.settings(
        given,
        ObjectiveKeys.objective(given, made.lengthTokens()),
        RunKeys.rope(given).or(GenerateStage.rejectedRope(made)));
  }

  /** Without pairs, what depends on them keeps its rule. */
  private static SettingsListing listing(Settings given) {
    SettingsListing listing = new SettingsListing(given);
    List<GenerateSettings> made =
        given.given(RunKeys.PAIRS).isPresent()
            ? List.of(new PairFolder(given.get(RunKeys.PAIRS)).manifest().settings())
            : List.of(GenerateSettings.forLength(4096, 0), GenerateSettings.forLength(8192, 0));
    TrainKeys.list(listing, made.stream().map(one -> settings(given, one)).toList());
    return listing;
  }
}
