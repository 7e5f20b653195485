package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.model.ModelChoice;
import org.longpo.objective.LambdaOfLength;
import org.longpo.objective.Opsdl;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.OpenPairs;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.TrainStage;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.Variants;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;

/** {@code longpo train}: pairs to a checkpoint. */
@Command(
    name = "train",
    header = "Trains a model on preference pairs, with LongPO or another objective.",
    description = {
      "Reads what generate wrote and writes RUN/model, a checkpoint that transformers loads, with"
          + " metrics.jsonl (TRL's names), timings.jsonl and a TensorBoard event file beside it;"
          + " with lora_r also RUN/adapter, for PEFT (its README.md explains how) and for --model.",
      "Killed or stopped, it resumes from its last checkpoint when the same command is given again."
    })
final class TrainCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(@RunOptions.Pairs Path pairs, @RunOptions.Out Path out) {}

  TrainCommand(Console console, Variants objectives) {
    super(
        console,
        Schema.of(objectives, Run.class, ModelChoice.class, TrainingSettings.class)
            .without("reasoning_tokens")
            .without(EngineOptions.OF_SIDE_BY_SIDE));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    Path pairs = run.pairs();
    PairManifest manifest = new PairFolder(pairs).manifest();
    TrainingSettings settings = settings(given, manifest.settings());
    ModelChoice choice = ModelCheck.checkForPairs(given, manifest, run.out(), console);
    TrainStage stage = new TrainStage(choice, settings);
    stage.requireTrainable();
    ModelCheck.warnOfLength(choice, settings.rope(), manifest.settings().lengthTokens(), console);
    warnOfAnotherModel(choice, manifest);
    RunRecord record =
        RunRecord.of("train")
            .with(choice)
            .with("pair_file_sha256", manifest.pairFileSha256())
            .with(settings);
    Path out = run.out();
    Path trained =
        RunFolder.isBegun(out) ? goOn(stage, pairs, out, record) : begin(stage, pairs, out, record);
    console.out().println("checkpoint: " + trained);
  }

  /** The pairs are checked before anything is written. */
  private Path begin(TrainStage stage, Path pairs, Path out, RunRecord record) {
    try (OpenPairs open = stage.open(pairs, console.progress());
        RunFolder folder = RunFolder.open(out, record, console)) {
      return stage.run(open, folder.path(), console.progress(), console.cancellation());
    }
  }

  /** Pairs and documents are read only if the training is not done. */
  private Path goOn(TrainStage stage, Path pairs, Path out, RunRecord record) {
    try (RunFolder folder = RunFolder.open(out, record, console)) {
      return stage
          .finished(folder.path(), console.progress())
          .orElseGet(
              () -> stage.run(pairs, folder.path(), console.progress(), console.cancellation()));
    }
  }

  /** Not an error: pairs of a stronger model can be learnt from, too. */
  private void warnOfAnotherModel(ModelChoice choice, PairManifest manifest) {
    try (Checkpoint checkpoint = Checkpoint.open(choice.folder())) {
      manifest
          .foreignTo(checkpoint.sha256())
          .ifPresent(
              foreign ->
                  console.warn(
                      "the pairs were made with another model than %s, or with another configuration of it: %s that model's."
                          .formatted(choice.folder(), foreign)));
    }
  }

  private static TrainingSettings settings(OptionValues given, GenerateSettings made) {
    return given.read(TrainingSettings.class, supplied(made));
  }

  private static SuppliedValues supplied(GenerateSettings made) {
    return SuppliedValues.of(LambdaOfLength.LENGTH_TOKENS, made.lengthTokens())
        .with(Opsdl.ANSWER_TOKENS, made.answers().maxNewTokens())
        .with(RopeOverride.OF_PAIRS, made.rejectedRope());
  }

  /** Without pairs, defaults that depend on them are shown by their rule. */
  @Override
  void addTo(OptionListing listing, OptionValues given) {
    List<SuppliedValues> supplied =
        given
            .find("pairs")
            .map(pairs -> new PairFolder((Path) pairs).manifest().settings())
            .map(made -> List.of(supplied(made)))
            .orElse(List.of(SuppliedValues.NONE));
    listing.of(TrainingSettings.class, supplied);
  }
}
