package org.longpo.objective;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * ORPO: likelihood of the chosen response plus an odds ratio, no reference (arXiv:2403.07691, Eq. 6
 * and 7).
 *
 * <pre>
 * log p(y)    = (1/|y|) log pi_theta(y)
 * log odds(y) = log p(y) - log(1 - p(y))
 * L           = L_NLL(chosen) + lambda * mean_k -log sigmoid( log odds(y_w) - log odds(y_l) )
 * </pre>
 *
 * <p>The logged rewards are TRL's, lambda * log p(y).
 *
 * @param lambda weight of the odds ratio; TRL calls it beta
 * @param nllSpan the tokens of L_NLL; TRL averages over prompt and response ({@code
 *     WHOLE_SEQUENCE})
 */
public record Orpo(
    @Option(
            defaultValue = "0.1",
            label = "L",
            meaning = "Weight of the odds ratio, the NLL having weight 1.")
        @Range(above = 0)
        double lambda,
    @Option(
            defaultValue = "response",
            meaning = "The tokens of the NLL: whole_sequence, response or none.")
        NllSpan nllSpan)
    implements PairPreference {
  public Orpo {
    OptionChecks.require(Orpo.class, lambda, nllSpan);
  }

  @Override
  public Requirements requirements() {
    return Requirements.withNll(readings(Input.LONG), nllSpan, Response.CHOSEN);
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    for (int k = 0; k < tally.pairs(); k++) {
      addPreference(tally, k, Input.LONG);
    }
    tally.addNll(nllSpan, Response.CHOSEN);
    return tally.result();
  }

  @Override
  public List<String> remediesForCollapse() {
    return List.of(nllSpan.remedyBesideLambda());
  }

  Set<Reading> readings(Input input) {
    return EnumSet.of(
        Reading.policy(input, Response.CHOSEN), Reading.policy(input, Response.REJECTED));
  }

  /** The odds ratio alone, without the likelihood. */
  void addPreference(Tally tally, int pair, Input input) {
    double[] chosenLogProbs = tally.logProbs(pair, Reading.policy(input, Response.CHOSEN));
    double[] rejectedLogProbs = tally.logProbs(pair, Reading.policy(input, Response.REJECTED));
    Reward chosen = Reward.logOdds(chosenLogProbs);
    Reward rejected = Reward.logOdds(rejectedLogProbs);
    MarginLoss term = MarginLoss.logistic(chosen.value() - rejected.value());
    tally.addMarginLoss(pair, input, lambda / tally.pairs(), term, chosen, rejected);
    tally
        .metrics()
        .addRewards(
            Reward.averageLogProb(lambda, chosenLogProbs).value(),
            Reward.averageLogProb(lambda, rejectedLogProbs).value());
  }
}
