package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;

class StepPlanTest {
  /** The rates of transformers are held by OptimizerGoldenTest; here it is how many are above 0. */
  @ParameterizedTest
  @CsvSource({
    // documents, epochs, per step, schedule, warm-up: steps, with a rate above 0
    "8, 1, 8, cosine, 0.1, 1, 0",
    "9, 1, 8, cosine, 0.1, 2, 1",
    "8, 2, 8, cosine, 0.1, 2, 1",
    "8, 1, 4, linear, 0.1, 2, 1",
    "8, 1, 8, cosine, 0, 1, 1",
    "8, 1, 8, constant, 0.1, 1, 1",
    "8, 1, 8, constant_with_warmup, 0.1, 1, 0",
    "30, 1, 2, cosine, 1, 15, 14"
  })
  void shouldCountStepsWhoseRateIsAboveZero(
      int documents,
      int epochs,
      int perStep,
      String schedule,
      double warmup,
      int steps,
      int learning) {
    StepPlan plan = plan(documents, epochs, perStep, schedule, warmup);
    assertThat(plan.steps()).isEqualTo(steps);
    assertThat(plan.learningSteps()).isEqualTo(learning);
    assertThat(plan.sentence()).startsWith(steps + " steps").contains(learning + " of them");
  }

  @Test
  void shouldRefuseRunWhoseEveryRateIsZero() {
    assertThatThrownBy(() -> plan(8, 1, 8, "cosine", 0.1).requireLearning())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("8 documents")
        .hasMessageContaining("gradient_accumulation_steps 8")
        .hasMessageContaining("warmup_ratio 0");
    assertThatCode(() -> plan(9, 1, 8, "cosine", 0.1).requireLearning()).doesNotThrowAnyException();
  }

  private static StepPlan plan(
      int documents, int epochs, int perStep, String schedule, double warmup) {
    return new StepPlan(
        OptionRecords.of(
            OptimizerSettings.class, Map.of("lr_scheduler_type", schedule, "warmup_ratio", warmup)),
        documents,
        epochs,
        perStep);
  }
}
