package org.longpo.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.objective.LambdaOfLength;
import org.longpo.objective.Objective;
import org.longpo.objective.Opsdl;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.CompareRun;
import org.longpo.pipeline.Comparison;
import org.longpo.pipeline.PairFigures;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.RunLayout;
import org.longpo.settings.Choice;
import org.longpo.settings.Option;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.Variants;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;

/** {@code longpo compare}: every objective on one pair file. */
@Command(
    name = "compare",
    header = "Trains several objectives on one pair file and prints a table.",
    description = {
      "Each objective starts from the same model and sees the same pairs in the same order; an"
          + " option applies to every objective that has it. RUN then holds a folder with each"
          + " trained model and its metrics, and comparison.json.",
      "loss: of the first and the last epoch (with one epoch: line of metrics), each objective's"
          + " own, not comparable between them. margin: log-probability of chosen minus rejected"
          + " on the long input, nats per pair. KL: short to long, nats per chosen token. Both"
          + " are read from the model after training, over all pairs.",
      "Killed or stopped, it resumes when the same command is given again."
    })
final class CompareCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(
      @RunOptions.Pairs Path pairs,
      @RunOptions.Out Path out,
      @Option(defaultText = "all", meaning = "What is trained, with commas.")
          @Choice(of = Objective.class)
          List<String> objectives) {}

  private final Variants objectives;

  CompareCommand(Console console, Variants objectives) {
    super(
        console,
        Schema.of(objectives, Run.class, ModelChoice.class, TrainingSettings.class)
            .without("objective", "reasoning_tokens")
            .without(EngineOptions.OF_SIDE_BY_SIDE));
    this.objectives = objectives;
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    Path pairs = run.pairs();
    PairManifest manifest = new PairFolder(pairs).manifest();
    manifest.verify(new PairFolder(pairs).pairFile());
    Map<String, TrainingSettings> trainings = settings(given, run, manifest.settings());
    ModelChoice choice = ModelCheck.checkForPairs(given, manifest, run.out(), console);
    RunLayout.Compare layout = new RunLayout.Compare(run.out());
    CompareRun compare =
        new CompareRun(choice, trainings, layout, console.progress(), console.cancellation());
    compare.requireTrainable();
    if (!trainings.values().iterator().next().exportsModel()) {
      throw new UserError(
          given.where("merge_adapter")
              + " must be true for compare: every trained model is read again to measure it.");
    }
    ModelCheck.warnOfLength(
        choice,
        trainings.values().iterator().next().rope(),
        manifest.settings().lengthTokens(),
        console);
    if (!RunFolder.isBegun(run.out())) {
      compare.check(pairs);
    }
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    trainings.forEach((name, settings) -> byName.put(name, OptionRecords.deciding(settings)));
    RunRecord record =
        RunRecord.of("compare")
            .with(choice)
            .with("pair_file_sha256", manifest.pairFileSha256())
            .with("objectives", byName);
    try (RunFolder ignored = RunFolder.open(run.out(), record, console)) {
      Comparison comparison = compare.run(pairs);
      print(comparison);
      console.out().println("figures: " + layout.comparison());
    }
  }

  private Map<String, TrainingSettings> settings(
      OptionValues given, Run run, GenerateSettings made) {
    return given.readEach(
        TrainingSettings.class,
        "objective",
        Objective.class,
        run.objectives().isEmpty() ? objectives.names(Objective.class) : run.objectives(),
        SuppliedValues.of(LambdaOfLength.LENGTH_TOKENS, made.lengthTokens())
            .with(Opsdl.ANSWER_TOKENS, made.answers().maxNewTokens())
            .with(RopeOverride.OF_PAIRS, made.rejectedRope()));
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
