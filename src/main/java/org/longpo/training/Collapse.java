package org.longpo.training;

import org.longpo.training.MetricTrack.Level;

/**
 * A collapse that was noticed.
 *
 * @param metric whose moving mean shows it, nats per token
 * @param from the best mean before
 * @param to the mean when it was noticed
 */
record Collapse(String metric, Level from, Level to) {
  /** What is seen, with figures. */
  String sentence() {
    return "Training is collapsing: %s went from %.2f (step %d) to %.2f (step %d) nats per token."
        .formatted(metric, from.mean(), from.step(), to.mean(), to.step());
  }
}
