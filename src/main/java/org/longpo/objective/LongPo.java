package org.longpo.objective;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * LongPO: the short-context model's own preference, transferred to the long input (LongPO,
 * arXiv:2502.13922).
 *
 * <pre>
 * m_k    = beta * { [log pi_theta(y_S,k|x_L) - log pi_S(y_S,k|x_S,k)]
 *                 - [log pi_theta(y_L,k|x_L) - log pi_S(y_L,k|x_S,k)] }
 * L_pref = -log sigmoid(m)             (Eq. 12, one pair)
 *        = -log sigmoid(sum_k m_k)     (Eq. 13, JOINT)
 *        = mean_k -log sigmoid(m_k)    (PER_PAIR)
 * L      = lambda * L_pref + L_NLL     (Eq. 14)
 * </pre>
 *
 * <p>Both reference terms are conditioned on the <em>short</em> input: that is the short-to-long
 * constraint. {@code referenceInput = LONG} is the paper's ablation without it, DPO plus NLL;
 * {@code nllSpan = NONE} the ablation without NLL. The paper's runs are JOINT on a chain.
 *
 * @param beta strength of the constraint; the paper has 0.1, its code's README 0.01
 * @param lambda weight of the preference term, the NLL having weight 1; the paper has 0.01
 * @param sigmoid one sigmoid per document or per pair
 * @param nllSpan the tokens of L_NLL; the paper has {@code WHOLE_SEQUENCE}
 * @param referenceInput what the reference reads; LongPO itself is {@code SHORT}
 */
public record LongPo(
    @Option(
            defaultValue = "0.1",
            label = "B",
            meaning = "Strength of the constraint to the reference (its paper; its code: 0.01).")
        @Range(above = 0)
        double beta,
    @Option(
            defaultText =
                "0.01 at 131,072 tokens (the paper's), and more at shorter lengths, so that lambda"
                    + " times length stays, as the NLL is a mean over the whole sequence; with"
                    + " another nll_span 0.01 at every length",
            derivedBy = LambdaOfLength.class,
            label = "L",
            meaning = "Weight of the preference term, the NLL having weight 1.")
        @Range(from = 0)
        double lambda,
    @Option(defaultValue = "per_pair", meaning = "per_pair, or joint: one per document (Eq. 13).")
        Sigmoid sigmoid,
    @Option(
            defaultValue = "whole_sequence",
            meaning = "The tokens of the NLL: whole_sequence, response or none.")
        NllSpan nllSpan,
    @Option(
            defaultValue = "short",
            meaning =
                "What the reference reads; long is the paper's ablation without the short-to-long"
                    + " constraint.")
        Input referenceInput)
    implements Objective {
  public LongPo {
    OptionChecks.require(LongPo.class, beta, lambda, sigmoid, nllSpan, referenceInput);
  }

  @Override
  public Requirements requirements() {
    return Requirements.withNll(
        EnumSet.of(
            Reading.POLICY_LONG_CHOSEN,
            Reading.POLICY_LONG_REJECTED,
            Reading.reference(referenceInput, Response.CHOSEN),
            Reading.reference(referenceInput, Response.REJECTED)),
        nllSpan,
        Response.CHOSEN);
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    double[] margins = new double[tally.pairs()];
    for (int k = 0; k < margins.length; k++) {
      double chosen = reward(tally, k, Response.CHOSEN).value();
      double rejected = reward(tally, k, Response.REJECTED).value();
      margins[k] = chosen - rejected;
      tally.metrics().addRewards(chosen, rejected);
    }
    double[] slopes = addPreference(tally, margins);
    for (int k = 0; k < slopes.length; k++) {
      tally.addGradient(k, Reading.POLICY_LONG_CHOSEN, slopes[k] * beta);
      tally.addGradient(k, Reading.POLICY_LONG_REJECTED, -slopes[k] * beta);
    }
    if (nllSpan != NllSpan.NONE) {
      tally.metrics().put(MetricName.PREFERENCE_PULL, pull(tally, slopes));
    }
    tally.addNll(nllSpan, Response.CHOSEN);
    return tally.result();
  }

  @Override
  public List<String> remediesForCollapse() {
    return List.of(
        nllSpan.remedyBesideLambda(),
        switch (referenceInput) {
          // The margin is then negative by far, so that the preference pulls with all its weight.
          case SHORT -> "a lower beta, where the reference finds rejected answers impossible";
          case LONG -> Dpo.HIGHER_BETA;
        });
  }

  private double pull(Tally tally, double[] slopes) {
    double sum = 0;
    for (int k = 0; k < slopes.length; k++) {
      sum += Math.abs(slopes[k]) * beta / tally.nllWeight(nllSpan, Response.CHOSEN, k);
    }
    return sum / slopes.length;
  }

  /** Adds lambda * L_pref to the loss and returns its derivative by each pair's margin. */
  private double[] addPreference(Tally tally, double[] margins) {
    double[] slopes = new double[margins.length];
    switch (sigmoid) {
      case JOINT -> {
        MarginLoss joint = MarginLoss.logistic(Numerics.sum(margins));
        tally.addLoss(lambda * joint.value());
        Arrays.fill(slopes, lambda * joint.slope());
      }
      case PER_PAIR -> {
        double weight = lambda / margins.length;
        for (int k = 0; k < margins.length; k++) {
          MarginLoss own = MarginLoss.logistic(margins[k]);
          tally.addLoss(weight * own.value());
          slopes[k] = weight * own.slope();
        }
      }
    }
    return slopes;
  }

  private Reward reward(Tally tally, int pair, Response response) {
    return Reward.logRatio(
        beta,
        tally.logProbs(pair, Reading.policy(Input.LONG, response)),
        tally.logProbs(pair, Reading.reference(referenceInput, response)));
  }
}
