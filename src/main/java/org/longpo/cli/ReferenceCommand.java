package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.engine.EngineOptions;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.ReferenceStage;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import picocli.CommandLine.Command;

/** {@code longpo reference}: adds to a pair file what objectives like DPO need. */
@Command(
    name = "reference",
    header = "Adds the reference's log-probabilities on the long input to pairs.",
    description = {
      "dpo, ipo, solopo (with dpo) and longpo's ablation without the constraint compare with the"
          + " reference on the long input. RUN then holds a new pair file with these"
          + " log-probabilities and its manifest; the one in --pairs is not changed. Each"
          + " document is read once, for all its pairs.",
      "Killed or stopped, it resumes when the same command is given again."
    })
final class ReferenceCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(
      @RunOptions.Pairs Path pairs,
      @RunOptions.Out Path out,
      @Option(
              defaultValue = "false",
              meaning =
                  "Let another model than the one that made the pairs be the reference; the manifest"
                      + " states which.")
          boolean otherModel) {}

  ReferenceCommand(Console console) {
    super(
        console,
        Schema.of(Variants.NONE, Run.class, ModelChoice.class)
            .without("reasoning_tokens")
            .without(EngineOptions.OF_GENERATION)
            .without(EngineOptions.OF_TRAINING));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    PairManifest before = new PairFolder(run.pairs()).manifest();
    ModelChoice choice = ModelCheck.checkForPairs(given, before, run.out(), console);
    ReferenceStage stage = new ReferenceStage(choice, run.otherModel());
    stage.check(before);
    RunRecord record =
        RunRecord.of("reference")
            .with(choice)
            .with(run)
            .with("pair_file_sha256", before.pairFileSha256())
            .with("seed", before.settings().seed());
    try (RunFolder folder = RunFolder.open(run.out(), record, console)) {
      PairManifest manifest =
          stage.run(run.pairs(), folder.path(), console.progress(), console.cancellation());
      console
          .out()
          .printf(
              "%d pairs of %d documents, with references on the long input: %s%n",
              manifest.counts().pairs(),
              manifest.counts().rows(),
              new PairFolder(folder.path()).pairFile());
    }
  }
}
