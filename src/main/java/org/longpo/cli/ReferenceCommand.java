package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.ReferenceStage;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import picocli.CommandLine.Command;

/** {@code longpo reference}: what a pair file lacks for objectives like DPO. */
@Command(
    name = "reference",
    header = "Adds the reference's log-probabilities behind the long input to pairs.",
    description = {
      "dpo, ipo, solopo (with dpo) and longpo's ablation without the constraint compare with the"
          + " reference behind the long input. RUN then holds a new pair file with these"
          + " log-probabilities and its manifest; the one in --pairs is left as it is. Each"
          + " document is read once, for all its pairs.",
      "Killed or stopped, it goes on when the same command is given again."
    })
final class ReferenceCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(RunKeys.PAIRS, RunKeys.OUT, RunKeys.OTHER_MODEL),
          ModelKeys.SECTION,
          ChatKeys.PROMPTS);

  ReferenceCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Recorded(ModelChoice model, String pairFileSha256, boolean otherModel) {}

  @Override
  public SettingFlags flags() {
    return flags;
  }

  @Override
  public void run() {
    Settings given = flags.read();
    if (flags.wantsListing()) {
      flags.print(new SettingsListing(given), console);
      return;
    }
    Path pairs = given.get(RunKeys.PAIRS);
    boolean otherModel = given.get(RunKeys.OTHER_MODEL);
    PairManifest before = new PairFolder(pairs).manifest();
    ModelChoice choice = ModelCheck.checkForPairs(given, before, console);
    ReferenceStage stage = new ReferenceStage(choice, otherModel);
    stage.check(before);
    try (RunFolder folder =
        RunFolder.open(
            given.get(RunKeys.OUT),
            RunRecord.of(
                "reference",
                new Recorded(choice, before.pairFileSha256(), otherModel),
                before.settings().seed()),
            console)) {
      PairManifest manifest =
          stage.run(pairs, folder.path(), console.progress(), console.cancellation());
      console
          .out()
          .printf(
              "%d pairs of %d documents, with references behind the long input: %s%n",
              manifest.counts().pairs(),
              manifest.counts().rows(),
              new PairFolder(folder.path()).pairFile());
    }
  }
}
