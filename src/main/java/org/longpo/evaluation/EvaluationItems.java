package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/** The passes of evaluations of the same model and inputs, known before the first of them. */
final class EvaluationItems {
  private final TestedModel model;
  private final EvaluationInputs inputs;

  /** Cut once for all lengths, as it takes all of the text. */
  private @Nullable HaystackText haystack;

  /**
   * @param model only asked for tokens here
   */
  EvaluationItems(TestedModel model, EvaluationInputs inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /**
   * All passes, in their order.
   *
   * @throws UserError if there are none, or an input does not suffice
   */
  List<EvaluationItem> all(EvaluationSettings settings) {
    List<EvaluationItem> items = new ArrayList<>();
    if (!inputs.heldOut().isEmpty()) {
      items.addAll(new BitsPerByteTask(model, settings, inputs.heldOut()).items());
    }
    inputs
        .questions()
        .ifPresent(file -> items.addAll(new QaShortTask(model, settings, file).items()));
    items.addAll(inHaystacks(settings));
    if (items.isEmpty()) {
      throw new UserError(
          "There is nothing to evaluate: give haystack texts with lengths, questions, or"
              + " held-out text.");
    }
    return items;
  }

  /**
   * Those that depend on the lengths.
   *
   * @throws UserError if a passage is longer than a length
   */
  List<EvaluationItem> inHaystacks(EvaluationSettings settings) {
    if (inputs.haystack().isEmpty() || settings.lengths().isEmpty()) {
      return List.of();
    }
    HaystackText text = haystack();
    List<EvaluationItem> items = new ArrayList<>(new NeedleTask(model, settings, text).items());
    inputs
        .questions()
        .ifPresent(file -> items.addAll(new QaLongTask(model, settings, file, text).items()));
    return items;
  }

  private HaystackText haystack() {
    HaystackText text = haystack;
    if (text == null) {
      text = HaystackText.of(inputs.haystack(), model::countTokens);
      haystack = text;
    }
    return text;
  }
}
