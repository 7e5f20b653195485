package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.documents.DocumentSource;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pipeline.EvolveRun;
import org.longpo.pipeline.EvolveSettings;
import org.longpo.pipeline.RoundSettings;
import org.longpo.pipeline.RunLayout;
import org.longpo.pipeline.TrainStage;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.training.StepPlan;
import picocli.CommandLine.Command;

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
final class EvolveCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(
              RunKeys.DOCUMENTS,
              RunKeys.LENGTHS,
              RunKeys.OUT,
              RunKeys.SEED,
              RunKeys.ROPE_THETA,
              RunKeys.ROPE_SCALING),
          ModelKeys.SECTION,
          ChatKeys.SECTION,
          GenerateKeys.SECTION,
          FilterKeys.SECTION,
          ObjectiveKeys.SECTION,
          TrainKeys.SECTION,
          EvaluateKeys.SECTION);

  EvolveCommand(Console console) {
    this.console = console;
  }

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
    List<Integer> lengths = given.get(RunKeys.LENGTHS);
    requireGrowing(given, lengths);
    ModelChoice asked = ModelKeys.choice(given);
    ContextWindow window = ContextWindow.of(asked.folder());
    DocumentSource documents = RunKeys.source(given, console);
    ModelChoice choice = ModelCheck.check(asked, given.get(RunKeys.OUT), console);
    GeneratorLimits limits = GeneratorLimits.of(given, choice);
    EvolveSettings settings =
        new EvolveSettings(
            choice,
            RunKeys.documents(given),
            given.find(EvaluateKeys.QA).map(Path::toString),
            rounds(given, lengths, length -> GenerateKeys.settings(given, length, limits)),
            EvaluateKeys.settings(given, lengths, window));
    ModelCheck.requireTrainable(
        choice, settings.rounds().stream().map(RoundSettings::train).toList());
    RoundSettings longest = settings.rounds().getLast();
    limits.check(given, longest.generate(), console);
    limits.checkTraining(given, longest, console);
    ModelCheck.warnOfLength(choice, longest.train().rope(), longest.lengthTokens(), console);
    if (!longest.train().exportsModel()) {
      throw new UserError(
          given.where(TrainKeys.MERGE_ADAPTER)
              + " must be true for evolve: every round goes on with the model of the last one.");
    }
    for (RoundSettings round : settings.rounds()) {
      round
          .generate()
          .maxDocuments()
          .ifPresent(most -> StepPlan.requireLearning(round.train(), most));
    }
    new TrainStage(choice, longest.train()).requireMemory(longest.generate());
    Path out = given.get(RunKeys.OUT);
    RunLayout.Evolve layout = new RunLayout.Evolve(out);
    EvolveRun run = new EvolveRun(settings, layout, console.progress(), console.cancellation());
    if (!RunFolder.isBegun(out)) {
      run.check(documents);
    }
    try (RunFolder ignored =
        RunFolder.open(out, RunRecord.of("evolve", settings, given.get(RunKeys.SEED)), console)) {
      EvolveRun.Outcome outcome = run.run(documents);
      console.out().println(EvaluateKeys.windowSentence(given, window, choice.folder()));
      console.out().print(OutcomeTable.of(outcome));
      console.out().println("checkpoint: " + outcome.model());
      console.out().println("report: " + layout.reportPage());
    }
  }

  private static List<RoundSettings> rounds(
      Settings given, List<Integer> lengths, IntFunction<GenerateSettings> generate) {
    return lengths.stream()
        .map(
            length ->
                new RoundSettings(
                    generate.apply(length),
                    TrainKeys.settings(
                        given, ObjectiveKeys.objective(given, length), RunKeys.rope(given))))
        .toList();
  }

  private static SettingsListing listing(Settings given) {
    SettingsListing listing = new SettingsListing(given);
    List<RoundSettings> rounds =
        rounds(
            given,
            given.find(RunKeys.LENGTHS).orElse(List.of(4096, 8192)),
            length -> GenerateKeys.listed(given, length));
    if (rounds.size() == 1) {
      listing.resolved(GenerateKeys.resolved(rounds.getFirst().generate()));
    }
    TrainKeys.list(listing, rounds.stream().map(RoundSettings::train).toList());
    return listing;
  }

  private static void requireGrowing(Settings given, List<Integer> lengths) {
    for (int i = 1; i < lengths.size(); i++) {
      if (lengths.get(i) <= lengths.get(i - 1)) {
        throw new UserError(
            given.where(RunKeys.LENGTHS)
                + " must grow from round to round, but is "
                + lengths
                + ".");
      }
    }
  }
}
