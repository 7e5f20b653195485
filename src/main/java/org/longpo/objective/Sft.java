package org.longpo.objective;

import java.util.EnumSet;
import org.longpo.error.UserError;

/**
 * Supervised fine-tuning behind the long input, on the chosen or on the rejected responses.
 *
 * <pre>
 * L = L_NLL(response) + gamma * mean_k mean_t ( log pi_theta(y_t|x_L) - log pi_S(y_t|x_S) )^2
 * </pre>
 *
 * <p>The second term is "SFT with the short-to-long constraint" of the LongPO paper's comparison.
 * The paper gives no formula, and a forward KL on pi_S's own samples has SFT's gradient; the square
 * is this project's choice.
 *
 * @param response what is learnt
 * @param nllSpan its tokens, or the whole sequence; not {@code NONE}
 * @param constraintWeight gamma; 0 is plain SFT and needs no reference
 */
public record Sft(Response response, NllSpan nllSpan, double constraintWeight)
    implements Objective {
  public Sft {
    Settings.requireNotNegative("constraint_weight", constraintWeight);
    if (nllSpan == NllSpan.NONE) {
      throw new UserError(
          "SFT learns from the likelihood alone: its span must be the response or the whole"
              + " sequence, not none.");
    }
  }

  @Override
  public Requirements requirements() {
    EnumSet<Reading> readings = EnumSet.of(Reading.policy(Input.LONG, response));
    if (constraintWeight > 0) {
      readings.add(Reading.reference(Input.SHORT, response));
    }
    return Requirements.withNll(readings, nllSpan, response);
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    tally.addNll(nllSpan, response);
    if (constraintWeight > 0) {
      tally.addSquaredDistance(response, constraintWeight);
    }
    return tally.result();
  }
}
