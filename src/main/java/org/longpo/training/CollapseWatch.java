package org.longpo.training;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.objective.MetricName;
import org.longpo.training.MetricTrack.Level;
import org.longpo.training.MetricTrack.Levels;

/**
 * Notices that training collapses: a preference can be won for ever by making rejected answers
 * impossible, and that takes the chosen ones along. A function of the steps' metrics alone.
 *
 * <p>There are two signs, both of means over the last {@code collapse_steps} steps. Each counts
 * when it has been there for {@code collapse_steps} steps in a row:
 *
 * <ul>
 *   <li>{@code logps/chosen_per_token} is clearly below its best;
 *   <li>{@code kl/short_to_long} is above {@code collapse_kl} and clearly above its first mean.
 * </ul>
 *
 * <p>A collapse is over when no sign was seen for {@code collapse_steps} steps in a row. An
 * objective without these metrics gives no sign.
 */
record CollapseWatch(CollapseSettings settings) {
  /**
   * Nats per token that are clear in any run: a quarter leaves a token 78 % of its probability, and
   * an answer of 100 tokens e^-25 of it.
   */
  private static final double CLEAR_NATS = 0.25;

  /**
   * Answers that another model wrote have -1 nat per token and less, of which healthy preference
   * training loses some more: a fall is this share of what they had at best.
   */
  private static final double CLEAR_SHARE = 0.5;

  /**
   * Standard errors of the difference of two means: of thousands of overlapping means of noise, the
   * best and the worst are about so far apart.
   */
  private static final double CLEAR_ERRORS = 6;

  /**
   * The state after one more step.
   *
   * @param step its number, from 1
   * @param means the metrics' means over the documents of this step, by name
   */
  CollapseState after(CollapseState before, int step, Map<String, Double> means) {
    MetricTrack chosen =
        track(before.chosen(), means.get(MetricName.CHOSEN_PER_TOKEN), step, Level.BY_MEAN);
    MetricTrack kl =
        track(before.kl(), means.get(MetricName.SHORT_TO_LONG_KL), step, Level.BY_MEAN.reversed());
    Optional<Collapse> low =
        chosen
            .levels()
            .filter(CollapseWatch::isLow)
            .map(seen -> new Collapse(MetricName.CHOSEN_PER_TOKEN, seen.best(), seen.now()));
    Optional<Collapse> far =
        kl.levels()
            .filter(this::isFar)
            .map(seen -> new Collapse(MetricName.SHORT_TO_LONG_KL, seen.best(), seen.now()));
    int lowSteps = low.isPresent() ? before.lowSteps() + 1 : 0;
    int farSteps = far.isPresent() ? before.farSteps() + 1 : 0;
    int calmSteps = lowSteps + farSteps > 0 ? 0 : before.calmSteps() + 1;
    Optional<Collapse> collapse =
        before
            .collapse()
            .filter(_ -> calmSteps < settings.collapseSteps())
            .or(() -> low.filter(_ -> lowSteps >= settings.collapseSteps()))
            .or(() -> far.filter(_ -> farSteps >= settings.collapseSteps()));
    return new CollapseState(chosen, kl, lowSteps, farSteps, calmSteps, collapse);
  }

  private MetricTrack track(
      MetricTrack before, @Nullable Double mean, int step, Comparator<Level> better) {
    return mean == null ? before : before.plus(mean, step, settings.collapseSteps(), better);
  }

  /** Whether chosen answers are clearly less likely than they were at best. */
  private static boolean isLow(Levels chosen) {
    double best = chosen.best().mean();
    double clear = Math.max(clear(chosen.best(), chosen.now()), CLEAR_SHARE * Math.abs(best));
    return best - chosen.now().mean() > clear;
  }

  /** Whether the KL is beyond its bound and was not from the beginning. */
  private boolean isFar(Levels kl) {
    double now = kl.now().mean();
    return now > settings.collapseKl() && now - kl.first().mean() > clear(kl.first(), kl.now());
  }

  /** The difference of two means that is more than noise, in nats per token. */
  private static double clear(Level one, Level other) {
    return Math.max(CLEAR_NATS, CLEAR_ERRORS * one.errorOfDifference(other));
  }
}
