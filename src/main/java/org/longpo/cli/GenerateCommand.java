package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.documents.DocumentSource;
import org.longpo.engine.EngineOptions;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GeneratorLimits;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.GenerateStage;
import org.longpo.pipeline.PairFolder;
import org.longpo.settings.Option;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
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
      "Killed or stopped, it resumes when the same command is given again."
    })
final class GenerateCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(
      @RunOptions.Documents List<Path> documents,
      @Option(meaning = "Tokens of a piece at most.") @Range(from = 9) int length,
      @RunOptions.Out Path out) {}

  GenerateCommand(Console console) {
    super(
        console,
        RunOptions.withFormats(
            Schema.of(Variants.NONE, Run.class, ModelChoice.class, GenerateSettings.class)
                .without(EngineOptions.OF_TRAINING)));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    DocumentSource documents =
        RunOptions.source(
            run.documents(),
            GenerateDefaults.instructionFile(given).stream().toList(),
            run.out(),
            console);
    ModelChoice choice = ModelCheck.check(ModelCheck.choice(given), run.out(), console);
    GeneratorLimits limits = GenerateDefaults.limits(given, choice);
    GenerateSettings settings = GenerateDefaults.settings(given, run.length(), limits);
    limits.check(given, settings, console::warn);
    ModelCheck.warnOfLength(choice, settings.rejectedRope(), settings.lengthTokens(), console);
    RunRecord record =
        RunRecord.of("generate")
            .with(choice)
            .with("documents", run.documents().stream().map(Path::toString).toList())
            .with(settings);
    try (RunFolder folder = RunFolder.open(run.out(), record, console)) {
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

  @Override
  void addTo(OptionListing listing, OptionValues given) {
    GenerateDefaults.addTo(
        listing, given, given.find("length").stream().map(Integer.class::cast).toList());
  }
}
