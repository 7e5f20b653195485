package org.longpo.evaluation;

import java.util.List;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Finds out, without weights, whether the inputs suffice for evaluations with different settings.
 * The haystack texts are cut into tokens once for all of them.
 */
public final class InputCheck {
  private final EvaluationItems items;
  private final Progress progress;
  private final Cancellation cancellation;

  /**
   * @param model of tokenizer and template, such as an {@link UnaskedModel}
   */
  public InputCheck(
      TestedModel model, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    this.items = new EvaluationItems(model, inputs);
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Checks all that {@link Evaluator#run} needs.
   *
   * @throws org.longpo.error.UserError if there is nothing to run or an input does not suffice
   */
  public void require(EvaluationSettings settings) {
    check(items.all(settings));
  }

  /**
   * Checks the contexts of the settings' lengths, and nothing that is the same for all lengths.
   *
   * @throws org.longpo.error.UserError if texts or questions do not suffice for one
   */
  public void requireLengths(EvaluationSettings settings) {
    check(items.inHaystacks(settings));
  }

  /** The longest first, as they are the likeliest to fail. */
  private void check(List<EvaluationItem> checked) {
    try (Progress.Task task = progress.start("Checking the inputs", "passes", 0, checked.size())) {
      for (EvaluationItem item : checked.reversed()) {
        cancellation.throwIfRequested();
        item.check().run();
        task.advance(1, 0);
      }
    }
  }
}
