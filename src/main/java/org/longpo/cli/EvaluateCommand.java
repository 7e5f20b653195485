package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.documents.DocumentSource;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskSelection;
import org.longpo.model.ModelChoice;
import org.longpo.pipeline.EvaluateStage;
import org.longpo.pipeline.EvaluationCheck;
import org.longpo.pipeline.EvaluationLengths;
import org.longpo.pipeline.HeldOutText;
import org.longpo.settings.Option;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;
import org.longpo.settings.Variants;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code longpo evaluate}: a model's figures. */
@Command(
    name = "evaluate",
    header = "Measures how good a model is at tasks with long and with short contexts.",
    description =
        "The documents are the haystack and the text for bits per byte; with --hold-out-share only"
            + " the part that generate left out with the same share and seed. RUN then holds"
            + " evaluation.json and, for each task, a log TASK.jsonl with every answer. Given again"
            + " with more tasks (--qa and --data add some), the command computes only what is"
            + " missing.")
final class EvaluateCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Run")
  record Run(
      @Option(defaultText = "none", meaning = "Files, or folders with such files.")
          List<Path> documents,
      @Option(
              defaultText = "a quarter, half and all of the model's context",
              meaning =
                  "Lengths of contexts in tokens, with commas; the longest question fills one, its"
                      + " answer follows beyond it. Without them, those up to config.json's"
                      + " max_position_embeddings into which the questions fit and which the"
                      + " documents fill; the last is shorter by the answer. To compare a model"
                      + " with one trained from it, give both the same.")
          @Range(from = 1)
          Optional<List<Integer>> lengths,
      @RunOptions.Out Path out,
      @Option(
              defaultValue = "0",
              meaning = "Use only this share of the text, kept apart by generate; 0: all.")
          @Range(from = 0, below = 1)
          double holdOutShare,
      @SeedOption long seed) {}

  private final List<Task<?>> tasks;

  @CommandLine.Option(
      names = "--list",
      description = "Print all tasks, what they measure and what they need, and exit.")
  private boolean list;

  /**
   * @param tasks all that there are; their options are options of the command
   */
  EvaluateCommand(Console console, List<Task<?>> tasks) {
    super(
        console,
        RunOptions.withFormats(
            EvaluateOptions.named(
                Schema.of(Variants.NONE, records(tasks)).without(EngineOptions.OF_TRAINING),
                tasks)));
    this.tasks = tasks;
  }

  private static List<Class<? extends Record>> records(List<Task<?>> tasks) {
    List<Class<? extends Record>> records =
        new ArrayList<>(List.of(Run.class, RopeOverride.class, ModelChoice.class));
    records.addAll(EvaluateOptions.records(tasks));
    return records;
  }

  @Override
  boolean printsInstead() {
    if (list) {
      console.out().print(TaskTable.of(tasks));
    }
    return list;
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    EvaluateOptions options = given.read(EvaluateOptions.class);
    ModelChoice requested = ModelCheck.choiceWithRope(given);
    ContextWindow window = ContextWindow.of(requested.folder());
    EvaluationInputs inputs = inputs(run, options);
    ModelChoice choice = ModelCheck.check(requested, run.out(), console);
    Optional<ModelChoice> judge = options.judge(requested, run.out(), console);
    TaskSelection selection = options.selection(given, tasks);
    EvaluationSettings settings;
    try (EvaluationCheck check =
        EvaluationCheck.open(
            choice, judge, selection, inputs, console.progress(), console.cancellation())) {
      int context = ModelConfig.read(choice.folder()).maxPositionEmbeddings();
      settings =
          new EvaluationLengths(check, tasks, context, console::warn)
              .choose(
                  run.lengths(),
                  run.out(),
                  lengths -> options.settings(given, tasks, lengths, window));
      warnOfLength(
          choice,
          settings,
          Math.max(
              EvaluateOptions.windowTokens(settings, selection).orElse(0),
              check.inputs().longest()),
          check.writtenTokens(settings.answerTokens()));
    }
    if (judge.isPresent()
        && selection.plan(inputs, settings).stream().noneMatch(task -> task.plan().isJudged())) {
      console.warn("--judge has no effect: no task that runs asks a judge.");
    }
    selection.unableToRun(inputs, settings).forEach(console::warn);
    // What all results have in common; all else is recorded by the single tasks and their logs.
    RunRecord record =
        RunRecord.of("evaluate")
            .with(choice)
            .with("documents", run.documents().stream().map(Path::toString).toList())
            .with("hold_out_share", run.holdOutShare())
            .with("seed", run.seed());
    try (RunFolder folder = RunFolder.open(run.out(), record, console)) {
      Evaluation evaluation =
          new EvaluateStage(choice, settings, tasks, judge)
              .run(folder.path(), inputs, console.progress(), console.cancellation());
      EvaluateOptions.windowTokens(settings, selection)
          .ifPresent(
              tokens ->
                  console
                      .out()
                      .println(
                          EvaluateOptions.windowSentence(given, tokens, window, choice.folder())));
      console.out().print(EvaluationText.of(evaluation));
      console.out().println("figures: " + folder.path().resolve(EvaluateStage.RESULT_FILE));
    }
  }

  private EvaluationInputs inputs(Run run, EvaluateOptions options) {
    Optional<QuestionFile> questions = options.qa().map(QuestionFile::read);
    BenchmarkData data = options.benchmarks();
    if (run.documents().isEmpty()) {
      return new EvaluationInputs(List.of(), List.of(), questions, data);
    }
    DocumentSource documents =
        RunOptions.source(run.documents(), options.files(), run.out(), console);
    return (run.holdOutShare() == 0
            ? HeldOutText.all(documents, questions)
            : HeldOutText.of(documents, run.holdOutShare(), run.seed(), questions))
        .with(data);
  }

  @Override
  void addTo(OptionListing listing, OptionValues given) {
    EvaluateOptions.addTo(listing, given, tasks);
  }

  /**
   * @param windowTokens the window of bits per byte, or a longer input of no set length; 0 without
   * @param writtenTokens tokens that follow a context
   */
  private void warnOfLength(
      ModelChoice choice, EvaluationSettings settings, int windowTokens, int writtenTokens) {
    long longest =
        settings.haystacks().lengths().stream()
            .mapToLong(length -> (long) length + writtenTokens)
            .max()
            .orElse(0);
    ModelCheck.warnOfLength(choice, choice.rope(), Math.max(longest, windowTokens), console);
  }
}
