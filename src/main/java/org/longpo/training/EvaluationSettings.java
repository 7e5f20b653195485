package org.longpo.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.longpo.error.UserError;

/**
 * Evaluation during training, on documents that are held out; component names are Hugging Face's in
 * camel case, where it has them.
 *
 * @param evalShare share of the documents that is held out and never trained on, all pieces of a
 *     file or none of them; 0: none
 * @param evalSteps steps between evaluations, the last step being evaluated anyway; empty: whenever
 *     a checkpoint is saved
 * @param loadBestModelAtEnd whether the checkpoint with the lowest evaluation loss is exported, and
 *     not the last
 */
public record EvaluationSettings(
    double evalShare, OptionalInt evalSteps, boolean loadBestModelAtEnd) {
  public static final EvaluationSettings NONE =
      new EvaluationSettings(0, OptionalInt.empty(), false);

  public EvaluationSettings {
    if (!(evalShare >= 0 && evalShare < 1)) {
      throw new UserError("eval_share must be at least 0 and below 1, but is " + evalShare + ".");
    }
    if (evalSteps.orElse(1) < 1) {
      throw new UserError("eval_steps must be at least 1, but is " + evalSteps.getAsInt() + ".");
    }
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

  Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("eval_share", evalShare);
    evalSteps.ifPresent(steps -> all.put("eval_steps", steps));
    all.put("load_best_model_at_end", loadBestModelAtEnd);
    return all;
  }
}
