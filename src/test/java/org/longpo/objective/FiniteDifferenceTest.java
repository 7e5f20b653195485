package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient of every objective and setting against central differences of its loss. */
class FiniteDifferenceTest {
  private static final double STEP = 1e-5;

  /**
   * Central differences err by STEP^2 / 6 times the third derivative (about 2e-11 here) and by the
   * rounding of a loss of order 10, 10 * 2^-53 / STEP (about 1e-10); a wrong factor shows as an
   * error of the order of the gradients, 1e-4 to 1. Relative to the larger of 1 and the gradient.
   */
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @MethodSource("org.longpo.objective.EveryObjective#list")
  void shouldMatchDifferencesOfTheLoss(Objective objective) {
    for (long seed = 1; seed <= 4; seed++) {
      check(objective, RandomDocuments.tree(seed, 1));
      check(objective, RandomDocuments.tree(seed, 3));
      check(objective, RandomDocuments.chain(seed, 3));
    }
  }

  private static void check(Objective objective, DocumentLogProbs document) {
    ObjectiveResult result = objective.apply(document);
    assertThat(result.isFinite()).isTrue();
    for (int k = 0; k < document.pairs().size(); k++) {
      for (Reading reading : document.pairs().get(k).readings()) {
        if (reading.isPolicy()) {
          double[] gradient = result.gradients().get(k).get(reading);
          for (int t = 0; t < gradient.length; t++) {
            double up = lossAt(objective, document, k, reading, t, STEP);
            double down = lossAt(objective, document, k, reading, t, -STEP);
            assertThat(gradient[t])
                .as("pair %d, %s, token %d", k, reading, t)
                .isCloseTo(
                    (up - down) / (2 * STEP),
                    within(TOLERANCE * Math.max(1, Math.abs(gradient[t]))));
          }
        }
      }
    }
  }

  private static double lossAt(
      Objective objective, DocumentLogProbs document, int pair, Reading reading, int t, double h) {
    return objective.apply(RandomDocuments.nudged(document, pair, reading, t, h)).loss();
  }
}
