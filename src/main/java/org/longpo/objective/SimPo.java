package org.longpo.objective;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * SimPO: no reference, rewards averaged over the response, a target margin (arXiv:2405.14734, Eq.
 * 6).
 *
 * <pre>
 * L = mean_k -log sigmoid( (beta/|y_w|) log pi_theta(y_w) - (beta/|y_l|) log pi_theta(y_l) - gamma )
 * </pre>
 *
 * @param beta scale of the rewards
 * @param gamma target margin, in units of the reward
 */
public record SimPo(
    @Option(defaultValue = "2", label = "B", meaning = "Scale of the rewards.") @Range(above = 0)
        double beta,
    @Option(
            defaultValue = "1",
            meaning = "Target margin of the rewards; half of beta is where its authors start.")
        @Range(from = 0)
        double gamma)
    implements PairPreference {
  public SimPo {
    OptionChecks.require(SimPo.class, beta, gamma);
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
    return gamma > 0 ? List.of("a lower gamma, which is the margin that is asked for") : List.of();
  }

  Set<Reading> readings(Input input) {
    return EnumSet.of(
        Reading.policy(input, Response.CHOSEN), Reading.policy(input, Response.REJECTED));
  }

  void addPreference(Tally tally, int pair, Input input) {
    Reward chosen = reward(tally, pair, input, Response.CHOSEN);
    Reward rejected = reward(tally, pair, input, Response.REJECTED);
    MarginLoss term = MarginLoss.logistic(chosen.value() - rejected.value() - gamma);
    tally.addMarginLoss(pair, input, 1.0 / tally.pairs(), term, chosen, rejected);
    tally.metrics().addRewards(chosen.value(), rejected.value());
  }

  Reward reward(Tally tally, int pair, Input input, Response response) {
    return Reward.averageLogProb(beta, tally.logProbs(pair, Reading.policy(input, response)));
  }
}
