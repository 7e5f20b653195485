package org.longpo.objective;

import java.util.EnumSet;
import org.longpo.error.UserError;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * Supervised fine-tuning on the long input, on the chosen or on the rejected responses.
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
public record Sft(
    @Option(defaultValue = "chosen", meaning = "The response that is learnt: chosen or rejected.")
        Response response,
    @Option(
            defaultValue = "response",
            meaning = "The tokens of the NLL: whole_sequence or response.")
        NllSpan nllSpan,
    @Option(
            defaultValue = "0",
            label = "W",
            meaning =
                "Weight of the short-to-long constraint, the squared distance from the"
                    + " short-context model; 0 is plain SFT.")
        @Range(from = 0)
        double constraintWeight)
    implements Objective {
  public Sft {
    OptionChecks.require(Sft.class, response, nllSpan, constraintWeight);
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
