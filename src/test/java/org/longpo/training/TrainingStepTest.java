package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.RandomModel;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.objective.Dpo;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objective;
import org.longpo.objective.Sigmoid;
import org.longpo.objective.SoLoPo;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

/** Coefficients reach the tokens they belong to: the whole step against finite differences. */
class TrainingStepTest {
  private static final LongPo LONGPO =
      new LongPo(0.5, 0.7, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT);

  /**
   * Central differences of step 1e-5 in float64: truncation 1e-10 times third derivatives of size
   * one to a hundred, rounding 1e-16 / 1e-5.
   */
  private static final double DIFFERENCE = 1e-7;

  /** The same sums in another order, in float64. */
  private static final double ROUNDING = 1e-12;

  static Stream<Objective> objectives() {
    return Stream.of(
        LONGPO,
        new LongPo(0.5, 0.7, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT),
        new LongPo(0.5, 0.7, Sigmoid.PER_PAIR, NllSpan.RESPONSE, Input.LONG),
        // Trained on the short input too: its sequences are further roots of the forest.
        new SoLoPo(new Dpo(0.5, 0), 3));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void shouldHaveGradientOfLoss(Objective objective) {
    try (Scope ignored = Scope.open()) {
      LanguageModel model = model();
      TrainingStep step = step(model, objective);
      TrainingExample example = RandomExamples.tree("d", 3, 3);
      step.accumulate(example, 1);
      Map<String, double[]> gradients = gradients(model);
      Random random = new Random(1);
      for (Parameter parameter : model.parameters().values()) {
        double[] before = parameter.value().toDoubles();
        // Along a random direction: one number for all elements of a weight.
        double[] direction = random.doubles(before.length, -1, 1).toArray();
        double size = 1e-5;
        double difference =
            (lossAt(step, example, parameter, before, direction, size)
                    - lossAt(step, example, parameter, before, direction, -size))
                / (2 * size);
        double[] gradient = Objects.requireNonNull(gradients.get(parameter.name()));
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          expected += direction[i] * gradient[i];
        }
        TrainingValues.set(parameter, before);
        assertThat(difference)
            .as(parameter.name())
            .isCloseTo(expected, within(DIFFERENCE * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void shouldEqualMeanOfStepsWithOnePairEach() {
    try (Scope ignored = Scope.open()) {
      LanguageModel model = model();
      TrainingStep step = step(model, LONGPO);
      TrainingExample example = RandomExamples.tree("d", 4, 4);
      TrainingStep.Outcome together = step.accumulate(example, 1);
      Map<String, double[]> gradients = gradients(model);
      model.parameters().values().forEach(Parameter::zeroGradient);
      double loss = 0;
      for (int k = 0; k < 4; k++) {
        loss += step.accumulate(RandomExamples.only(example, k), 0.25).loss() / 4;
      }
      assertThat(together.loss()).isCloseTo(loss, within(ROUNDING * Math.abs(loss)));
      Map<String, double[]> separate = gradients(model);
      gradients.forEach(
          (name, values) ->
              assertThat(values).as(name).containsExactly(separate.get(name), within(ROUNDING)));
    }
  }

  @Test
  void shouldAddNoGradientWhenLossIsNotFinite() {
    try (Scope ignored = Scope.open()) {
      LanguageModel model = model();
      TrainingExample example = RandomExamples.tree("d", 5, 1);
      RandomExamples.spoil(example);
      assertThat(step(model, LONGPO).accumulate(example, 1).isFinite()).isFalse();
      gradients(model).values().forEach(values -> assertThat(values).containsOnly(0));
    }
  }

  private static double lossAt(
      TrainingStep step,
      TrainingExample example,
      Parameter parameter,
      double[] before,
      double[] direction,
      double size) {
    double[] moved = before.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * direction[i];
    }
    TrainingValues.set(parameter, moved);
    return step.accumulate(example, 1).loss();
  }

  private static Map<String, double[]> gradients(LanguageModel model) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    model
        .parameters()
        .forEach((name, parameter) -> gradients.put(name, parameter.gradient().toDoubles()));
    return gradients;
  }

  private static TrainingStep step(LanguageModel model, Objective objective) {
    return new TrainingStep(model, objective, EngineSettings.defaults(KernelChoice.blocked()));
  }

  private static LanguageModel model() {
    ModelConfig config = RandomModel.config(4, 2, false, true, false, 0);
    return RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 7));
  }
}
