package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.documents.DocumentSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.model.ModelChoice;
import org.longpo.objective.LambdaOfLength;
import org.longpo.objective.Opsdl;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GeneratorLimits;
import org.longpo.pipeline.EvolveRun;
import org.longpo.pipeline.EvolveSettings;
import org.longpo.pipeline.RoundSettings;
import org.longpo.pipeline.RunLayout;
import org.longpo.settings.Option;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.Variants;
import org.longpo.training.TrainingSettings;
import picocli.CommandLine.Command;

/** {@code longpo evolve}: from documents to a model for longer contexts. */
@Command(
    name = "evolve",
    header =
        "From documents to a model for longer contexts: generate, train, evaluate, round by round.",
    description = {
      "For every length: makes preference pairs with the model of the last round, trains it on"
          + " them, and evaluates it. RUN then holds report.html, round-K-N/training/model (a"
          + " checkpoint that transformers loads), the pairs and all figures.",
      "A run that was stopped or killed resumes when the same command is given again, and ends with"
          + " the same bytes."
    })
final class EvolveCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(@RunOptions.Documents List<Path> documents, Lengths rounds, @RunOptions.Out Path out) {
    List<Integer> lengths() {
      return rounds.lengths();
    }
  }

  /** A round for each length. */
  record Lengths(
      @Option(meaning = "Lengths of documents in tokens, with commas: one round each, growing.")
          @Range(from = 9)
          List<Integer> lengths) {}

  EvolveCommand(Console console, Variants objectives) {
    super(
        console,
        RunOptions.withFormats(EvaluateOptions.named(Schema.of(objectives, records()), Tasks.ALL)));
  }

  private static List<Class<? extends Record>> records() {
    List<Class<? extends Record>> records =
        new ArrayList<>(
            List.of(Run.class, ModelChoice.class, GenerateSettings.class, TrainingSettings.class));
    records.addAll(EvaluateOptions.records(Tasks.ALL));
    return records;
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    EvaluateOptions evaluate = given.read(EvaluateOptions.class);
    TaskSelection tasks = evaluate.selection(given, Tasks.ALL);
    requireGrowing(given, run.lengths());
    ModelChoice requested = ModelCheck.choice(given);
    ContextWindow window = ContextWindow.of(requested.folder());
    DocumentSource documents =
        RunOptions.source(
            run.documents(),
            Stream.concat(
                    evaluate.files().stream(), GenerateDefaults.instructionFile(given).stream())
                .toList(),
            run.out(),
            console);
    ModelChoice choice = ModelCheck.check(requested, run.out(), console);
    GeneratorLimits limits = GenerateDefaults.limits(given, choice);
    EvolveSettings settings =
        new EvolveSettings(
            choice,
            run.documents().stream().map(Path::toString).toList(),
            evaluate.qa().map(Path::toString),
            evaluate.benchmarks().folder().map(Path::toString),
            run.lengths().stream()
                .map(length -> round(given, GenerateDefaults.settings(given, length, limits)))
                .toList(),
            evaluate.settings(given, Tasks.ALL, run.lengths(), window),
            evaluate.judge(requested, run.out(), console));
    RunLayout.Evolve layout = new RunLayout.Evolve(run.out());
    EvolveRun evolve = new EvolveRun(settings, layout, console.progress(), console.cancellation());
    evolve.requireTrainable();
    RoundSettings longest = settings.rounds().getLast();
    limits.check(given, longest.generate(), console::warn);
    TrainingLength.check(given, longest, limits.budget(), console);
    ModelCheck.warnOfLength(choice, longest.train().rope(), longest.lengthTokens(), console);
    if (!longest.train().exportsModel()) {
      throw new UserError(
          given.where("merge_adapter")
              + " must be true for evolve: every round continues with the model of the round"
              + " before.");
    }
    evolve.checkTraining();
    evolve.check(documents);
    try (RunFolder ignored =
        RunFolder.open(
            run.out(), RunRecord.of("evolve").with(choice).with(settings.byName()), console)) {
      EvolveRun.Outcome outcome = evolve.run(documents);
      EvaluateOptions.windowTokens(settings.evaluation(), tasks)
          .ifPresent(
              tokens ->
                  console
                      .out()
                      .println(
                          EvaluateOptions.windowSentence(given, tokens, window, choice.folder())));
      console.out().print(OutcomeTable.of(outcome));
      SequencedSet<String> leftOut = TaskSelection.leftOut(Tasks.ALL, outcome.evolved());
      if (!leftOut.isEmpty()) {
        console
            .out()
            .println(
                "not evaluated: "
                    + String.join(", ", leftOut)
                    + " (--tasks adds them; longpo evaluate --list shows what they need)");
      }
      console.out().println("checkpoint: " + outcome.model());
      console.out().println("report: " + layout.reportPage());
    }
  }

  private static RoundSettings round(OptionValues given, GenerateSettings generate) {
    return new RoundSettings(
        generate,
        given.read(
            TrainingSettings.class,
            length(generate.lengthTokens())
                .with(Opsdl.ANSWER_TOKENS, generate.answers().maxNewTokens())));
  }

  private static SuppliedValues length(int lengthTokens) {
    return SuppliedValues.of(LambdaOfLength.LENGTH_TOKENS, lengthTokens);
  }

  @Override
  void addTo(OptionListing listing, OptionValues given) {
    List<Integer> lengths =
        given.isGiven("lengths") ? given.read(Lengths.class).lengths() : List.of();
    GenerateDefaults.addTo(listing, given, lengths);
    EvaluateOptions.addTo(listing, given, Tasks.ALL);
    listing.of(
        TrainingSettings.class,
        lengths.isEmpty()
            ? List.of(SuppliedValues.NONE)
            : lengths.stream().map(EvolveCommand::length).toList());
  }

  private static void requireGrowing(OptionValues given, List<Integer> lengths) {
    for (int i = 1; i < lengths.size(); i++) {
      if (lengths.get(i) <= lengths.get(i - 1)) {
        throw new UserError(
            given.where("lengths") + " must grow from round to round, but is " + lengths + ".");
      }
    }
  }
}
