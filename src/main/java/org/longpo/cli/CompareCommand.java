package org.longpo.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.objective.Objective;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.CompareRun;
import org.longpo.pipeline.Comparison;
import org.longpo.pipeline.GenerateStage;
import org.longpo.pipeline.PairFigures;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.RunLayout;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;

/** {@code longpo compare}: every objective on one pair file. */
@Command(
    name = "compare",
    header = "Trains several objectives on one pair file and prints a table.",
    description = {
      "Each objective starts from the same model and sees the same pairs in the same order; a"
          + " setting goes to every objective that has it. RUN then holds a folder with each"
          + " trained model and its metrics, and comparison.json.",
      "loss: of the first and the last epoch (with one epoch: line of metrics), each objective's"
          + " own, not comparable between them. margin: log-probability of chosen minus rejected"
          + " behind the long input, nats per pair. KL: short to long, nats per chosen token. Both"
          + " are read from the model after training, over all pairs.",
      "Killed or stopped, it goes on when the same command is given again."
    })
final class CompareCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(
              RunKeys.PAIRS,
              RunKeys.OUT,
              RunKeys.OBJECTIVES,
              RunKeys.SEED,
              RunKeys.ROPE_THETA,
              RunKeys.ROPE_SCALING),
          ModelKeys.SECTION,
          ChatKeys.PROMPTS,
          Section.of(
              "Objectives' own settings",
              ObjectiveKeys.SECTION.keys().stream()
                  .filter(key -> key != ObjectiveKeys.OBJECTIVE)
                  .toList()),
          TrainKeys.SECTION);

  CompareCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Recorded(
      ModelChoice model, String pairFileSha256, Map<String, Map<String, Object>> objectives) {}

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
    PairManifest manifest = new PairFolder(pairs).manifest();
    manifest.verify(new PairFolder(pairs).pairFile());
    Map<String, TrainingSettings> objectives = objectives(given, manifest);
    ModelChoice choice = ModelCheck.checkForPairs(given, manifest, console);
    ModelCheck.requireTrainable(choice, objectives.values());
    if (!objectives.values().iterator().next().exportsModel()) {
      throw new UserError(
          given.where(TrainKeys.MERGE_ADAPTER)
              + " must be true for compare: every trained model is read again to measure it.");
    }
    ModelCheck.warnOfLength(
        choice,
        objectives.values().iterator().next().rope(),
        manifest.settings().lengthTokens(),
        console);
    RunLayout.Compare layout = new RunLayout.Compare(given.get(RunKeys.OUT));
    CompareRun compare =
        new CompareRun(choice, objectives, layout, console.progress(), console.cancellation());
    if (!RunFolder.isBegun(given.get(RunKeys.OUT))) {
      compare.check(pairs);
    }
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    objectives.forEach((name, settings) -> byName.put(name, settings.byName()));
    try (RunFolder ignored =
        RunFolder.open(
            given.get(RunKeys.OUT),
            RunRecord.of(
                "compare",
                new Recorded(choice, manifest.pairFileSha256(), byName),
                given.get(RunKeys.SEED)),
            console)) {
      Comparison comparison = compare.run(pairs);
      print(comparison);
      console.out().println("figures: " + layout.comparison());
    }
  }

  private static Map<String, TrainingSettings> objectives(Settings given, PairManifest manifest) {
    List<ObjectiveName> names = given.get(RunKeys.OBJECTIVES);
    int length = manifest.settings().lengthTokens();
    Map<String, TrainingSettings> settings = new LinkedHashMap<>();
    for (ObjectiveName name : names) {
      Objective objective = ObjectiveKeys.objective(name, given, length);
      settings.put(
          ObjectiveKeys.word(name),
          TrainKeys.settings(
              given,
              objective,
              RunKeys.rope(given).or(GenerateStage.rejectedRope(manifest.settings()))));
    }
    ObjectiveKeys.requireUsed(
        given, settings.values().stream().map(TrainingSettings::objective).toList());
    return settings;
  }

  private void print(Comparison comparison) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%,d pairs of %,d documents%n%-10s %6s %11s %11s %10s %9s %9s  %s%n",
            comparison.pairs(),
            comparison.documents(),
            "objective",
            "steps",
            "loss first",
            "last",
            "margin",
            "KL",
            "seconds",
            "trains on");
    print("(before)", "", "", "", comparison.before(), "", "");
    for (Comparison.Run run : comparison.runs()) {
      print(
          run.objective(),
          Integer.toString(run.steps()),
          loss(run.losses().first()),
          loss(run.losses().last()),
          run.after(),
          String.format(Locale.ROOT, "%.1f", run.seconds()),
          run.trainsOn());
      if (run.losses().didNotFall()) {
        console.warn(
            "the loss of "
                + run.objective()
                + " did not fall: more epochs or another learning_rate may be needed.");
      }
    }
  }

  private static String loss(OptionalDouble loss) {
    return loss.isPresent() ? String.format(Locale.ROOT, "%.5g", loss.getAsDouble()) : "-";
  }

  private void print(
      String name,
      String steps,
      String first,
      String last,
      PairFigures figures,
      String seconds,
      String trainsOn) {
    console
        .out()
        .println(
            String.format(
                    Locale.ROOT,
                    "%-10s %6s %11s %11s %10.2f %9.4f %9s  %s",
                    name,
                    steps,
                    first,
                    last,
                    figures.logpsMargins(),
                    figures.klShortToLong(),
                    seconds,
                    trainsOn)
                .stripTrailing());
  }
}
