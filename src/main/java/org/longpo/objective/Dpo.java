package org.longpo.objective;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * DPO, the policy and the reference both given the <em>long</em> input (arXiv:2305.18290, Eq. 7;
 * label smoothing as in its authors' conservative variant).
 *
 * <pre>
 * m = beta * { [log pi_theta(y_w) - log pi_ref(y_w)] - [log pi_theta(y_l) - log pi_ref(y_l)] }
 * L = mean_k { -(1 - epsilon) log sigmoid(m_k) - epsilon log sigmoid(-m_k) }
 * </pre>
 *
 * @param beta strength of the implicit KL constraint
 * @param labelSmoothing epsilon, the assumed share of swapped labels, from 0 to below 0.5
 */
public record Dpo(
    @Option(
            defaultValue = "0.1",
            label = "B",
            meaning = "Strength of the constraint to the reference.")
        @Range(above = 0)
        double beta,
    @Option(defaultValue = "0", meaning = "The assumed share of swapped labels.")
        @Range(from = 0, below = 0.5)
        double labelSmoothing)
    implements PairPreference {
  /** The margin is then won nearer to the reference. */
  static final String HIGHER_BETA = "a higher beta, which holds the policy nearer to the reference";

  public Dpo {
    OptionChecks.require(Dpo.class, beta, labelSmoothing);
  }

  @Override
  public Requirements requirements() {
    return Requirements.of(readings(Input.LONG));
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    for (int k = 0; k < tally.pairs(); k++) {
      addPreference(tally, k, Input.LONG);
    }
    return tally.result();
  }

  @Override
  public List<String> remediesForCollapse() {
    // Smoothed, the loss is at its lowest at a finite margin.
    return labelSmoothing > 0
        ? List.of(HIGHER_BETA)
        : List.of(HIGHER_BETA, "a label_smoothing above 0, which bounds the margin");
  }

  Set<Reading> readings(Input input) {
    return EnumSet.of(
        Reading.policy(input, Response.CHOSEN),
        Reading.policy(input, Response.REJECTED),
        Reading.reference(input, Response.CHOSEN),
        Reading.reference(input, Response.REJECTED));
  }

  void addPreference(Tally tally, int pair, Input input) {
    Reward chosen = reward(tally, pair, input, Response.CHOSEN);
    Reward rejected = reward(tally, pair, input, Response.REJECTED);
    MarginLoss term =
        MarginLoss.smoothedLogistic(chosen.value() - rejected.value(), labelSmoothing);
    tally.addMarginLoss(pair, input, 1.0 / tally.pairs(), term, chosen, rejected);
    tally.metrics().addRewards(chosen.value(), rejected.value());
  }

  Reward reward(Tally tally, int pair, Input input, Response response) {
    return Reward.logRatio(
        beta,
        tally.logProbs(pair, Reading.policy(input, response)),
        tally.logProbs(pair, Reading.reference(input, response)));
  }
}
