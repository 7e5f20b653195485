package org.longpo.objective;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.SuppliedValues;

/**
 * SoLoPO: preferences are learnt on the short input, and the chosen response's reward is held equal
 * on the long one (arXiv:2505.11166).
 *
 * <pre>
 * L = L_PO(x_short, y_w, y_l) + alpha * mean_k | r(x_short, y_w) - r(x_long, y_w) |
 * r = beta * log(pi_theta / pi_ref)    (DPO; each side's reference reads the same input)
 *   = (beta/|y|) * log pi_theta        (SimPO)
 *   = log(p / (1 - p))                 (ORPO; p as in {@link Orpo})
 * </pre>
 *
 * <p>Gradients flow through both rewards; at a difference of exactly 0 the distance has slope 0.
 * ORPO's likelihood is that of the chosen response given the short input.
 *
 * @param preference L_PO and its reward; an {@link Orpo} here has the span {@code RESPONSE} or
 *     {@code NONE}
 * @param alpha weight of the distance; the paper has 3 (DPO), 1 (SimPO) and 1 (ORPO)
 */
public record SoLoPo(
    @Option(
            defaultValue = "dpo",
            meaning =
                "The preference on the short input: dpo, simpo or orpo, with its own settings.")
        PairPreference preference,
    @Option(
            defaultText = "its paper's: 3 (dpo), 1 (simpo, orpo)",
            derivedBy = PaperAlpha.class,
            label = "A",
            meaning = "Weight of the distance between short and long reward.")
        @Range(from = 0)
        double alpha)
    implements Objective {
  /** The paper's weight for each preference. */
  static final class PaperAlpha implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return Optional.ofNullable(options.get("preference"))
          .map(preference -> preference instanceof Dpo ? 3.0 : 1.0);
    }
  }

  public SoLoPo {
    OptionChecks.require(SoLoPo.class, preference, alpha);
    if (preference instanceof Orpo orpo && orpo.nllSpan() == NllSpan.WHOLE_SEQUENCE) {
      throw new UserError(
          "SoLoPO's ORPO computes its likelihood over the response, given the short input; the span"
              + " whole sequence does not apply.");
    }
  }

  @Override
  public Requirements requirements() {
    EnumSet<Reading> readings = EnumSet.of(Reading.POLICY_LONG_CHOSEN);
    readings.addAll(shortReadings());
    if (readings.contains(Reading.REFERENCE_SHORT_CHOSEN)) {
      readings.add(Reading.REFERENCE_LONG_CHOSEN);
    }
    return Requirements.of(readings);
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    double weight = alpha / tally.pairs();
    double gaps = 0;
    for (int k = 0; k < tally.pairs(); k++) {
      addShortPreference(tally, k);
      Reward onShort = chosenReward(tally, k, Input.SHORT);
      Reward onLong = chosenReward(tally, k, Input.LONG);
      double gap = onShort.value() - onLong.value();
      double slope = weight * Math.signum(gap);
      tally.addLoss(weight * Math.abs(gap));
      tally.addGradient(k, Reading.POLICY_SHORT_CHOSEN, slope * onShort.slope());
      tally.addGradient(k, Reading.POLICY_LONG_CHOSEN, -slope * onLong.slope());
      gaps += Math.abs(gap);
    }
    tally.metrics().put(MetricName.SHORT_LONG_REWARD_GAP, gaps / tally.pairs());
    return tally.result();
  }

  /** The long input follows the short one, where the preference is. */
  @Override
  public List<String> remediesForCollapse() {
    return preference.remediesForCollapse();
  }

  private Set<Reading> shortReadings() {
    return switch (preference) {
      case Dpo dpo -> dpo.readings(Input.SHORT);
      case SimPo simPo -> simPo.readings(Input.SHORT);
      case Orpo orpo -> orpo.readings(Input.SHORT);
    };
  }

  private void addShortPreference(Tally tally, int pair) {
    switch (preference) {
      case Dpo dpo -> dpo.addPreference(tally, pair, Input.SHORT);
      case SimPo simPo -> simPo.addPreference(tally, pair, Input.SHORT);
      case Orpo orpo -> {
        orpo.addPreference(tally, pair, Input.SHORT);
        if (orpo.nllSpan() == NllSpan.RESPONSE) {
          int tokens = tally.logProbs(pair, Reading.POLICY_SHORT_CHOSEN).length;
          tally.addLogLikelihood(
              pair, Reading.POLICY_SHORT_CHOSEN, -1.0 / ((double) tally.pairs() * tokens));
        }
      }
    }
  }

  private Reward chosenReward(Tally tally, int pair, Input input) {
    return switch (preference) {
      case Dpo dpo -> dpo.reward(tally, pair, input, Response.CHOSEN);
      case SimPo simPo -> simPo.reward(tally, pair, input, Response.CHOSEN);
      case Orpo _ -> Reward.logOdds(tally.logProbs(pair, Reading.policy(input, Response.CHOSEN)));
    };
  }
}
