package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;

class OpsdlTest {
  private static final Opsdl OPSDL = new Opsdl(4, 100, 1, 1);

  /**
   * What is differentiated is linear in the log-probs: central differences err by rounding alone,
   * 10 * 2^-53 / 1e-5.
   */
  private static final double TOLERANCE = 1e-9;

  /** -(1/K) sum_k (1/|y_k|) sum_t A_t log pi(y_t), the advantages constants. */
  @Test
  void shouldHaveGradientOfAdvantageTimesLogProb() {
    DocumentLogProbs document = RandomDocuments.tree(21, 3);
    ObjectiveResult result = OPSDL.apply(document);
    double step = 1e-5;
    for (int k = 0; k < 3; k++) {
      double[] gradient = result.gradients().get(k).get(Reading.POLICY_LONG_REJECTED);
      for (int t = 0; t < gradient.length; t++) {
        double difference =
            surrogate(document, nudged(document, k, t, step))
                - surrogate(document, nudged(document, k, t, -step));
        assertThat(gradient[t]).isCloseTo(difference / (2 * step), within(TOLERANCE));
      }
    }
  }

  @Test
  void shouldBeDistillOnTheSameResponses() {
    DocumentLogProbs document = RandomDocuments.tree(22, 2);
    ObjectiveResult result = OPSDL.apply(document);
    ObjectiveResult distill = new Distill().apply(document);
    assertThat(result.loss()).isEqualTo(distill.loss());
    assertThat(result.metrics()).isEqualTo(distill.metrics());
    for (int k = 0; k < 2; k++) {
      assertThat(result.gradients().get(k).get(Reading.POLICY_LONG_REJECTED))
          .containsExactly(distill.gradients().get(k).get(Reading.POLICY_LONG_REJECTED));
    }
  }

  @Test
  void shouldAskForSamples() {
    assertThat(OPSDL.requirements().freshSamples()).contains(new FreshSamples(4, 100, 1, 1));
    assertThat(new Distill().requirements().freshSamples()).isEmpty();
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertThatThrownBy(() -> new Opsdl(0, 100, 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sample_every");
    assertThatThrownBy(() -> new Opsdl(4, 0, 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sample_tokens");
    assertThatThrownBy(() -> new Opsdl(4, 100, -1, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sample_temperature");
    assertThatThrownBy(() -> new Opsdl(4, 100, 1, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sample_top_p");
  }

  /**
   * @param at where the advantages are taken
   * @param moved whose log-probs they weigh
   */
  private static double surrogate(DocumentLogProbs at, DocumentLogProbs moved) {
    double sum = 0;
    for (int k = 0; k < at.pairs().size(); k++) {
      double[] teacher = at.pairs().get(k).get(Reading.REFERENCE_SHORT_REJECTED);
      double[] policy = at.pairs().get(k).get(Reading.POLICY_LONG_REJECTED);
      double[] logProbs = moved.pairs().get(k).get(Reading.POLICY_LONG_REJECTED);
      for (int t = 0; t < policy.length; t++) {
        sum -=
            (teacher[t] - policy[t]) * logProbs[t] / ((double) at.pairs().size() * policy.length);
      }
    }
    return sum;
  }

  private static DocumentLogProbs nudged(DocumentLogProbs document, int pair, int t, double h) {
    return RandomDocuments.nudged(document, pair, Reading.POLICY_LONG_REJECTED, t, h);
  }
}
