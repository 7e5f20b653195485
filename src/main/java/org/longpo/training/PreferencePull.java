package org.longpo.training;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.longpo.objective.MetricName;
import org.longpo.progress.Progress;

/**
 * Tells how LongPO's two terms weigh, once the margins of the first documents are known. Where the
 * reference finds rejected answers impossible, margins begin far below 0 and the preference pulls
 * twice as strongly as at 0, and it stays so; where they are soon above 0 it hardly pulls.
 */
final class PreferencePull {
  private PreferencePull() {}

  /**
   * @param outcomes of the documents of the first step
   */
  static void tell(List<TrainingStep.Outcome> outcomes, Progress progress) {
    OptionalDouble pull =
        outcomes.stream()
            .flatMap(outcome -> outcome.metrics().entrySet().stream())
            .filter(metric -> metric.getKey().equals(MetricName.PREFERENCE_PULL))
            .mapToDouble(metric -> metric.getValue())
            .average();
    if (pull.isPresent()) {
      progress.say(
          String.format(
              Locale.ROOT,
              "At the margins of the first step the preference pulls %.3g times as strongly as the"
                  + " NLL (what that can do: docs/collapse.md).",
              pull.getAsDouble()));
    }
  }
}
