package org.longpo.training;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@link CollapseWatch} remembers of the steps so far.
 *
 * @param chosen log-probs of the chosen answers, nats per token
 * @param kl KL from the short-context model, nats per token
 * @param lowSteps steps in a row for which {@code chosen} has been clearly below its best
 * @param farSteps steps in a row for which {@code kl} has been beyond its bound
 * @param calmSteps steps in a row without any sign of a collapse
 * @param collapse the one under way
 */
record CollapseState(
    MetricTrack chosen,
    MetricTrack kl,
    int lowSteps,
    int farSteps,
    int calmSteps,
    Optional<Collapse> collapse) {
  /** Before the first step. */
  static final CollapseState START =
      new CollapseState(MetricTrack.EMPTY, MetricTrack.EMPTY, 0, 0, 0, Optional.empty());

  /**
   * The step until which nothing had become worse; empty in the first steps.
   *
   * <p>The KL decides where there is one: what makes the answers of some documents less likely than
   * those of others is in the reference, too, so that it varies less from step to step.
   */
  OptionalInt lastGoodStep() {
    return kl.levels()
        .or(chosen::levels)
        .map(levels -> OptionalInt.of(levels.best().step()))
        .orElse(OptionalInt.empty());
  }
}
