package org.longpo.cli;

import java.util.List;
import org.longpo.documents.DocumentSource;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.GenerateStage;
import org.longpo.pipeline.PairFolder;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import picocli.CommandLine.Command;

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
final class GenerateCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(
              RunKeys.DOCUMENTS,
              RunKeys.LENGTH,
              RunKeys.OUT,
              RunKeys.SEED,
              RunKeys.ROPE_THETA,
              RunKeys.ROPE_SCALING),
          ModelKeys.SECTION,
          ChatKeys.SECTION,
          GenerateKeys.SECTION,
          FilterKeys.SECTION);

  GenerateCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Recorded(ModelChoice model, List<String> documents, GenerateSettings generate) {}

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
    DocumentSource documents = RunKeys.source(given, console);
    ModelChoice choice = ModelCheck.check(ModelKeys.choice(given), given.get(RunKeys.OUT), console);
    GeneratorLimits limits = GeneratorLimits.of(given, choice);
    GenerateSettings settings = GenerateKeys.settings(given, given.get(RunKeys.LENGTH), limits);
    limits.check(given, settings, console);
    ModelCheck.warnOfLength(
        choice, GenerateStage.rejectedRope(settings), settings.lengthTokens(), console);
    try (RunFolder folder =
        RunFolder.open(
            given.get(RunKeys.OUT),
            RunRecord.of(
                "generate",
                new Recorded(choice, RunKeys.documents(given), settings),
                settings.seed()),
            console)) {
      PairManifest manifest =
          new GenerateStage(choice, settings)
              .run(folder.path(), documents, console.progress(), console.cancellation());
      console
          .out()
          .printf(
              "%d pairs of %d documents: %s%n",
              manifest.counts().pairs(),
              manifest.counts().rows(),
              new PairFolder(folder.path()).pairFile());
      if (manifest.counts().dropped().total() > 0) {
        console.out().println("dropped: " + manifest.counts().dropped().sentence());
      }
    }
  }

  private static SettingsListing listing(Settings given) {
    SettingsListing listing = new SettingsListing(given);
    given
        .find(RunKeys.LENGTH)
        .ifPresent(
            length -> listing.resolved(GenerateKeys.resolved(GenerateKeys.listed(given, length))));
    return listing;
  }
}
