package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.DocumentSource;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.model.ModelChoice;
import org.longpo.pipeline.EvaluateStage;
import org.longpo.pipeline.EvaluationCheck;
import org.longpo.pipeline.HeldOutText;
import org.longpo.settings.Key;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import picocli.CommandLine.Command;

/** {@code longpo evaluate}: a model's figures. */
@Command(
    name = "evaluate",
    header = "Needle in a haystack by length and depth, bits per byte, QA.",
    description =
        "The documents are the haystack and the text for bits per byte; with --hold-out-share only"
            + " the part that generate left out with the same share and seed. RUN then holds"
            + " evaluation.json and, for each task, a log TASK.jsonl with every answer. Given again"
            + " with more tasks or questions, the command computes only what is missing.")
final class EvaluateCommand implements Configured {
  private final Console console;

  /** Everything, unless generate has left something out for this. */
  private static final Key<Double> HOLD_OUT_SHARE =
      Key.of(
          GenerateKeys.HOLD_OUT_SHARE.name(),
          GenerateKeys.HOLD_OUT_SHARE.type(),
          0.0,
          "Use only this share of the text, kept apart by generate; 0: all.");

  /** Unlike evolve's, they may be left out. */
  private static final Key<List<Integer>> LENGTHS =
      Key.derived(
          RunKeys.LENGTHS.name(),
          RunKeys.LENGTHS.type(),
          "a quarter, half and all of the model's context",
          "Lengths of contexts in tokens, with commas; the longest question fills one, its answer"
              + " comes on top. Without them, those of config.json's max_position_embeddings that"
              + " hold the questions and that the documents fill; the last leaves room for the"
              + " answer. To compare a model with one trained from it, give both the same.");

  private final SettingFlags flags =
      new SettingFlags(
          RunKeys.section(
              RunKeys.DOCUMENTS,
              LENGTHS,
              RunKeys.OUT,
              RunKeys.SEED,
              RunKeys.ROPE_THETA,
              RunKeys.ROPE_SCALING,
              HOLD_OUT_SHARE),
          ModelKeys.SECTION,
          ChatKeys.SECTION,
          EvaluateKeys.SECTION);

  EvaluateCommand(Console console) {
    this.console = console;
  }

  /**
   * What all results in the folder have in common; for run.json. Everything else belongs to single
   * tasks, which may be added later, and is in their logs.
   */
  record Recorded(ModelChoice model, List<String> documents, double holdOutShare) {}

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
    ModelChoice asked = ModelKeys.choice(given).withRope(RunKeys.rope(given));
    ContextWindow window = ContextWindow.of(asked.folder());
    DocumentSource documents = RunKeys.source(given, console);
    double holdOutShare = given.get(HOLD_OUT_SHARE);
    var questions = given.find(EvaluateKeys.QA).map(QuestionFile::read);
    EvaluationInputs inputs =
        holdOutShare == 0
            ? HeldOutText.all(documents, questions)
            : HeldOutText.of(documents, holdOutShare, given.get(RunKeys.SEED), questions);
    ModelChoice choice = ModelCheck.check(asked, given.get(RunKeys.OUT), console);
    Path run = given.get(RunKeys.OUT);
    TaskSelection tasks = TaskSelection.of(Tasks.ALL, EvaluateKeys.tasks(given));
    EvaluationSettings settings;
    try (EvaluationCheck check =
        EvaluationCheck.open(choice, tasks, inputs, console.progress(), console.cancellation())) {
      int context = ModelConfig.read(choice.folder()).maxPositionEmbeddings();
      settings =
          new EvaluationLengths(check, context, console)
              .choose(
                  given.find(LENGTHS),
                  run,
                  lengths -> EvaluateKeys.settings(given, lengths, window));
      warnOfLength(
          choice,
          settings,
          EvaluateKeys.window(given, window),
          check.writtenTokens(settings.answerTokens()));
    }
    try (RunFolder folder =
        RunFolder.open(
            run,
            RunRecord.of(
                "evaluate",
                new Recorded(choice, RunKeys.documents(given), holdOutShare),
                settings.seed()),
            console)) {
      Evaluation evaluation =
          new EvaluateStage(choice, settings)
              .run(folder.path(), inputs, console.progress(), console.cancellation());
      console.out().println(EvaluateKeys.windowSentence(given, window, choice.folder()));
      console.out().print(EvaluationText.of(evaluation));
      console.out().println("figures: " + folder.path().resolve(EvaluateStage.RESULT_FILE));
    }
  }

  /**
   * @param windowTokens the window of bits per byte
   * @param writtenTokens what comes on top of a context
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
