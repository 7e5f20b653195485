package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** All passes of an evaluation, known and checked before the first of them. */
final class EvaluationItems {
  private final TestedModel model;
  private final EvaluationSettings settings;
  private final EvaluationInputs inputs;

  /**
   * @param model only asked for tokens here
   */
  EvaluationItems(TestedModel model, EvaluationSettings settings, EvaluationInputs inputs) {
    this.model = model;
    this.settings = settings;
    this.inputs = inputs;
  }

  /**
   * In their order.
   *
   * @throws UserError if there are none, or an input does not suffice
   */
  List<EvaluationItem> all() {
    List<EvaluationItem> items = new ArrayList<>();
    if (!inputs.heldOut().isEmpty()) {
      items.addAll(new BitsPerByteTask(model, settings, inputs.heldOut()).items());
    }
    inputs
        .questions()
        .ifPresent(file -> items.addAll(new QaShortTask(model, settings, file).items()));
    if (!inputs.haystack().isEmpty() && !settings.lengths().isEmpty()) {
      HaystackText text = HaystackText.of(inputs.haystack(), model::countTokens);
      items.addAll(new NeedleTask(model, settings, text).items());
      inputs
          .questions()
          .ifPresent(file -> items.addAll(new QaLongTask(model, settings, file, text).items()));
    }
    if (items.isEmpty()) {
      throw new UserError(
          "There is nothing to evaluate: give haystack texts with lengths, questions, or"
              + " held-out text.");
    }
    return items;
  }

  /**
   * Checks those that are still to be run; the longest first, as they are the likeliest to fail.
   *
   * @param done how many of them have a result already
   * @throws UserError if an input does not suffice for one
   */
  static void check(
      List<EvaluationItem> items, int done, Progress progress, Cancellation cancellation) {
    List<EvaluationItem> left = items.subList(Math.min(done, items.size()), items.size());
    if (left.isEmpty()) {
      return;
    }
    try (Progress.Task task = progress.start("Checking the inputs", "passes", 0, left.size())) {
      for (EvaluationItem item : left.reversed()) {
        cancellation.throwIfRequested();
        item.check().run();
        task.advance(1, 0);
      }
    }
  }
}
