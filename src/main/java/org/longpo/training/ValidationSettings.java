package org.longpo.training;

import java.util.OptionalInt;
import org.longpo.error.UserError;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * Evaluation during training, on documents that are held out; component names are Hugging Face's in
 * camel case, where it has them.
 *
 * @param evalShare share of the documents that is held out and never trained on, all pieces of a
 *     source text or none of them; 0: none
 * @param evalSteps steps between evaluations, the last step being evaluated anyway; empty: whenever
 *     a checkpoint is saved
 * @param loadBestModelAtEnd whether the checkpoint with the lowest evaluation loss is exported, and
 *     not the last
 */
public record ValidationSettings(
    @Option(
            defaultValue = "0",
            meaning =
                "Share of the documents that is held out, whole source texts, to evaluate on during"
                    + " training.")
        @Range(from = 0, below = 1)
        double evalShare,
    @Option(
            defaultText = "save_steps, if eval_share is not 0",
            meaning = "Steps between evaluations.")
        @Range(from = 1)
        OptionalInt evalSteps,
    @Option(
            defaultValue = "false",
            meaning =
                "Whether the weights with the lowest evaluation loss come out, and not the last.")
        boolean loadBestModelAtEnd) {
  public static final ValidationSettings NONE =
      new ValidationSettings(0, OptionalInt.empty(), false);

  public ValidationSettings {
    OptionChecks.require(ValidationSettings.class, evalShare, evalSteps, loadBestModelAtEnd);
    if (evalShare == 0 && evalSteps.isPresent()) {
      throw new UserError(
          "eval_steps needs documents to evaluate on: set eval_share, say to 0.05.");
    }
    if (evalShare == 0 && loadBestModelAtEnd) {
      throw new UserError(
          "load_best_model_at_end needs documents to evaluate on: set eval_share, say to 0.05.");
    }
  }

  /**
   * How many of some documents are held out: the share, rounded, and at least one.
   *
   * @throws UserError if none would be left to train on
   */
  int heldOut(int documents) {
    if (evalShare == 0) {
      return 0;
    }
    int heldOut = Math.max(1, (int) Math.round(evalShare * documents));
    if (heldOut >= documents) {
      throw new UserError(
          "eval_share %s of %d documents leaves none to train on; give more documents or a smaller share."
              .formatted(evalShare, documents));
    }
    return heldOut;
  }
}
