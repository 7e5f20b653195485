package org.longpo.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.DocumentSource;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Evaluator;
import org.longpo.evaluation.LengthScore;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evolve.EvaluateStage;
import org.longpo.evolve.HeldOutText;
import org.longpo.evolve.ModelChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longpo evaluate}: a model's figures. */
@Command(
    name = "evaluate",
    header = "Needle in a haystack by length and depth, bits per byte, QA.",
    description =
        "The documents are the haystack and the text for bits per byte; with --hold-out-share only"
            + " the part that generate left out with the same share and seed. RUN then holds"
            + " evaluation.json and every answer in evaluation.jsonl.")
final class EvaluateCommand implements Runnable {
  private final Console console;

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--lengths",
      required = true,
      split = ",",
      paramLabel = "N",
      description = "Context lengths in tokens.")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Window of bits per byte. Default: the model's max_position_embeddings.")
  private @Nullable Integer window;

  @Option(
      names = "--hold-out-share",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Use only this share of the text, kept apart by generate. Default: all.")
  private double holdOutShare;

  @Mixin private final EvaluateOptions evaluate = new EvaluateOptions();

  EvaluateCommand(Console console) {
    this.console = console;
  }

  /** What decides the result; for run.json. */
  record Settings(
      ModelChoice model,
      List<String> documents,
      double holdOutShare,
      EvaluationSettings evaluation) {}

  @Override
  public void run() {
    ModelChoice choice = model.choice().withRopeTheta(run.ropeTheta());
    ModelConfig config = ModelConfig.read(choice.folder());
    EvaluationSettings settings =
        evaluate.settings(
            lengths, window == null ? config.maxPositionEmbeddings() : window, run.seed());
    DocumentSource documents = run.source(console);
    var questions = evaluate.questionFile().map(QuestionFile::read);
    EvaluationInputs inputs =
        holdOutShare == 0
            ? HeldOutText.all(documents, questions)
            : HeldOutText.of(documents, holdOutShare, run.seed(), questions);
    ModelCheck.check(choice, console);
    try (RunFolder folder =
        RunFolder.open(
            run.out(),
            RunRecord.of(
                "evaluate",
                new Settings(choice, run.documents(), holdOutShare, settings),
                run.seed()),
            console)) {
      Evaluation evaluation =
          new EvaluateStage(choice, settings)
              .run(folder.path(), inputs, console.progress(), console.cancellation());
      print(evaluation);
      console.out().println("figures: " + folder.path().resolve(Evaluator.RESULT_FILE));
    }
  }

  private void print(Evaluation evaluation) {
    evaluation
        .needle()
        .ifPresent(score -> score.byLength().forEach(length -> print("needles found", length)));
    evaluation
        .qaLong()
        .ifPresent(
            score -> score.byLength().forEach(length -> print("QA in a haystack, exact", length)));
    evaluation
        .qaShort()
        .ifPresent(
            qa ->
                console
                    .out()
                    .printf(
                        Locale.ROOT,
                        "QA about a passage, exact: %.1f %% ± %.1f (n = %d)%n",
                        100 * qa.exactMatch().accuracy(),
                        100 * qa.exactMatch().standardError(),
                        qa.exactMatch().n()));
    evaluation
        .bitsPerByte()
        .ifPresent(
            bits ->
                console
                    .out()
                    .printf(
                        Locale.ROOT,
                        "bits per byte at %,d tokens: %.3f ± %.3f (%d windows)%n",
                        bits.windowTokens(),
                        bits.bitsPerByte().mean(),
                        bits.bitsPerByte().standardError(),
                        bits.bitsPerByte().n()));
  }

  private void print(String what, LengthScore length) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s at %,d tokens: %.1f %% ± %.1f (n = %d)%n",
            what,
            length.length(),
            100 * length.accuracy().accuracy(),
            100 * length.accuracy().standardError(),
            length.accuracy().n());
  }
}
