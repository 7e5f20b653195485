package org.longpo.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Runs the tasks whose inputs are there: needles and long questions where there are haystack texts
 * and lengths, questions where there is a file of them, bits per byte where there is held-out text.
 */
public final class Evaluator {
  /** Results as they come, one line per pass of the model. */
  public static final String LOG_FILE = "evaluation.jsonl";

  /** All figures, written at the end. */
  public static final String RESULT_FILE = "evaluation.json";

  private final TestedModel model;
  private final EvaluationIdentity identity;
  private final StageIdentity logIdentity;
  private final EvaluationInputs inputs;

  /**
   * @param tested identity of the model's weights, tokenizer and template: results of another are
   *     never continued
   */
  public Evaluator(
      TestedModel model,
      StageIdentity tested,
      EvaluationSettings settings,
      EvaluationInputs inputs) {
    this.model = model;
    this.identity =
        new EvaluationIdentity(
            EvaluationIdentity.FORMAT, tested.sha256(), inputs.sha256(), settings);
    this.logIdentity =
        inputs.addTo(tested.forStage("evaluate")).withSetting("evaluation", settings);
    this.inputs = inputs;
  }

  /**
   * Evaluates into a folder, or goes on where an earlier run with the same model, inputs and
   * settings was stopped; it ends with the same bytes as an uninterrupted one. An {@link
   * InputCheck} before its beginning finds out whether all contexts can be built.
   *
   * @throws UserError if there is nothing to run, an input does not suffice, or the folder holds
   *     another evaluation
   * @throws org.longpo.progress.CancelledException if asked to stop between two passes
   */
  public Evaluation run(Path folder, Progress progress, Cancellation cancellation) {
    Path file = folder.resolve(LOG_FILE);
    ResumableLog.verify(file, logIdentity);
    List<EvaluationItem> items = new EvaluationItems(model, inputs).all(identity.settings());
    List<ItemResult> results;
    try (EvaluationLog log = EvaluationLog.open(file, logIdentity, items)) {
      int from = 0;
      while (from < items.size()) {
        int to = from;
        while (to < items.size() && items.get(to).sameGroup(items.get(from))) {
          to++;
        }
        runGroup(items.subList(from, to), log.results().size() - from, log, progress, cancellation);
        from = to;
      }
      results = log.results();
    }
    Evaluation evaluation = Evaluation.of(identity, results);
    AtomicFile.writeText(folder.resolve(RESULT_FILE), Json.pretty(evaluation));
    return evaluation;
  }

  /**
   * @param done items of this group that the log has already; more than all if later groups are
   *     there too
   */
  private void runGroup(
      List<EvaluationItem> group,
      int done,
      EvaluationLog log,
      Progress progress,
      Cancellation cancellation) {
    if (done >= group.size()) {
      return;
    }
    EvaluationItem first = group.getFirst();
    List<ItemResult> before = log.results();
    List<ItemResult> soFar = new ArrayList<>(before.subList(before.size() - done, before.size()));
    try (Progress.Task task = progress.start(name(first), unit(first), done, group.size())) {
      for (EvaluationItem item : group.subList(done, group.size())) {
        cancellation.throwIfRequested();
        ItemResult result = item.run().get();
        log.append(result);
        soFar.add(result);
        task.advance(1, result.modelTokens(), figures(soFar));
      }
    }
  }

  private static String name(EvaluationItem item) {
    return switch (item.task()) {
      case NEEDLE -> "Needles in haystacks of %,d tokens".formatted(item.length());
      case QA_LONG -> "Questions about haystacks of %,d tokens".formatted(item.length());
      case QA_SHORT -> "Questions about passages";
      case BITS_PER_BYTE -> "Bits per byte of held-out text";
    };
  }

  private static String unit(EvaluationItem item) {
    return switch (item.task()) {
      case NEEDLE, QA_LONG -> "haystacks";
      case QA_SHORT -> "passages";
      case BITS_PER_BYTE -> "windows";
    };
  }

  /** Of the items of one task and length that have been run. */
  private String figures(List<ItemResult> results) {
    return switch (results.getFirst().task()) {
      case NEEDLE, QA_LONG, QA_SHORT -> {
        List<Answered> answers =
            results.stream().flatMap(result -> result.answers().stream()).toList();
        long right = answers.stream().filter(Answered::correct).count();
        yield String.format(Locale.ROOT, "%,d of %,d right", right, answers.size());
      }
      case BITS_PER_BYTE ->
          String.format(
              Locale.ROOT,
              "%.3f bits per byte",
              BitsPerByte.of(results, identity.settings().windowTokens()).bitsPerByte().mean());
    };
  }
}
