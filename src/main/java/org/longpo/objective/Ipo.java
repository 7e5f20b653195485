package org.longpo.objective;

import java.util.EnumSet;
import java.util.List;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * IPO on the long input (arXiv:2310.12036, Eq. 17), its log-ratios averaged over the response.
 *
 * <pre>
 * h = (1/|y_w|) [log pi_theta(y_w) - log pi_ref(y_w)] - (1/|y_l|) [log pi_theta(y_l) - log pi_ref(y_l)]
 * L = mean_k (h_k - 1 / (2 beta))^2
 * </pre>
 *
 * <p>The paper prints sums; the averages are TRL's, which confirmed them with the authors: with
 * sums the meaning of the target 1 / (2 beta) would depend on the length. The logged rewards are
 * DPO's, beta times the summed log-ratio, as TRL logs them.
 *
 * @param beta the paper's tau
 */
public record Ipo(
    @Option(
            defaultValue = "0.1",
            label = "B",
            meaning = "Strength of the constraint to the reference.")
        @Range(above = 0)
        double beta)
    implements Objective {
  public Ipo {
    OptionChecks.require(Ipo.class, beta);
  }

  @Override
  public Requirements requirements() {
    return Requirements.of(
        EnumSet.of(
            Reading.POLICY_LONG_CHOSEN,
            Reading.POLICY_LONG_REJECTED,
            Reading.REFERENCE_LONG_CHOSEN,
            Reading.REFERENCE_LONG_REJECTED));
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    for (int k = 0; k < tally.pairs(); k++) {
      double[] chosenPolicy = tally.logProbs(k, Reading.POLICY_LONG_CHOSEN);
      double[] rejectedPolicy = tally.logProbs(k, Reading.POLICY_LONG_REJECTED);
      Reward chosen =
          Reward.logRatio(
              1.0 / chosenPolicy.length,
              chosenPolicy,
              tally.logProbs(k, Reading.REFERENCE_LONG_CHOSEN));
      Reward rejected =
          Reward.logRatio(
              1.0 / rejectedPolicy.length,
              rejectedPolicy,
              tally.logProbs(k, Reading.REFERENCE_LONG_REJECTED));
      MarginLoss term = MarginLoss.squared(chosen.value() - rejected.value(), 1 / (2 * beta));
      tally.addMarginLoss(k, Input.LONG, 1.0 / tally.pairs(), term, chosen, rejected);
      tally
          .metrics()
          .addRewards(
              beta * chosenPolicy.length * chosen.value(),
              beta * rejectedPolicy.length * rejected.value());
    }
    return tally.result();
  }

  @Override
  public List<String> remediesForCollapse() {
    return List.of("a higher beta, as the margin that is asked for is 1 / (2 beta) nats per token");
  }
}
