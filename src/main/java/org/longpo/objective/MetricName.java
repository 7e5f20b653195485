package org.longpo.objective;

/**
 * The metrics of one document, by TRL's names where it logs them.
 *
 * <p>All but those per token are means over the document's pairs.
 */
public final class MetricName {
  /** What the objective rewards, e.g. beta * (policy - reference) summed over the tokens. */
  public static final String REWARDS_CHOSEN = "rewards/chosen";

  public static final String REWARDS_REJECTED = "rewards/rejected";

  /** Reward of chosen minus reward of rejected. */
  public static final String REWARDS_MARGINS = "rewards/margins";

  /** Share of pairs whose chosen reward is strictly above the rejected one. */
  public static final String REWARDS_ACCURACIES = "rewards/accuracies";

  /** Summed log-prob (nats) of the chosen response given the long input. */
  public static final String LOGPS_CHOSEN = "logps/chosen";

  public static final String LOGPS_REJECTED = "logps/rejected";

  /** Their difference: a margin that every objective has. Not one of TRL's. */
  public static final String LOGPS_MARGINS = "logps/margins";

  /**
   * Mean over all chosen tokens of the document of log pi_theta(y_t|x_L), in nats: comparable
   * between answers of different lengths. Not one of TRL's.
   */
  public static final String CHOSEN_PER_TOKEN = "logps/chosen_per_token";

  /**
   * Mean over all chosen tokens of the document of log pi_S(y_t|x_S) - log pi_theta(y_t|x_L): an
   * estimate of KL[pi_S || pi_theta] where the answers were sampled at temperature 1.
   */
  public static final String SHORT_TO_LONG_KL = "kl/short_to_long";

  /**
   * Mean over all rejected tokens of the document of log pi_theta(y_t|x_L) - log pi_S(y_t|x_S): an
   * estimate of KL[pi_theta || pi_S] before the first step, when y_L is the policy's own sample.
   */
  public static final String LONG_TO_SHORT_KL = "kl/long_to_short";

  /**
   * How many times as strongly as the NLL LongPO's preference pulls at a response token, the mean
   * over pairs: the ratio of their gradients at the margins as they are. For one pair that is
   * lambda beta |S| sigma(-m). Not one of TRL's.
   */
  public static final String PREFERENCE_PULL = "preference/pull";

  /** SoLoPO's |r(short) - r(long)| of the chosen responses, before its weight alpha. */
  public static final String SHORT_LONG_REWARD_GAP = "rewards/short_long_gap";

  private MetricName() {}
}
