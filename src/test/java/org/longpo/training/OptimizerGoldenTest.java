package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.engine.Parameter;
import org.longpo.engine.WeightPart;
import org.longpo.engine.WeightParts;
import org.longpo.files.Json;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/** Optimizers and schedules against torch's and transformers' own, 20 steps each. */
class OptimizerGoldenTest {
  private static final JsonNode GOLDEN =
      Json.read(Path.of("src/test/resources/training/optimizer.json"), JsonNode.class);

  /** float64, values of size one: 20 steps of roundings of 1e-16 each, with two digits to spare. */
  private static final double ROUNDING = 1e-13;

  /** float32 master copies: 20 steps of roundings of 6e-8 of values up to 3. */
  private static final double FLOAT32_ROUNDING = 5e-6;

  static Stream<JsonNode> cases() {
    return StreamSupport.stream(GOLDEN.path("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldStepLikeTorch(JsonNode golden) {
    try (Scope ignored = Scope.open()) {
      Parameter weight = parameter(DType.FLOAT64);
      int step = 0;
      for (double[] after : run(golden, weight)) {
        double[] expected = doubles(golden.path("weights").path(step++));
        for (int i = 0; i < expected.length; i++) {
          assertThat(after[i]).as("step %d", step).isCloseTo(expected[i], within(ROUNDING));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldKeepNarrowWeightsExactInTheirMasterCopy(JsonNode golden) {
    try (Scope ignored = Scope.open()) {
      Parameter weight = parameter(DType.BFLOAT16);
      Optimizer optimizer = optimizer(golden, weight);
      Parameter reference = parameter(DType.FLOAT64);
      Optimizer wide = optimizer(golden, reference);
      // Steps far below a bfloat16's resolution (2^-8) must add up in the master copy.
      for (int step = 0; step < 20; step++) {
        for (Parameter parameter : List.of(weight, reference)) {
          parameter.gradient().copyInPlace(Tensor.of(new double[] {1, -1, 1, 1}, Device.CPU, 4));
        }
        optimizer.update(1e-4);
        wide.update(1e-4);
      }
      Tensor master = Objects.requireNonNull(optimizer.state().get("master.w")).source().get();
      double[] expected = reference.value().toDoubles();
      for (int i = 0; i < expected.length; i++) {
        assertThat(master.toDoubles()[i]).isCloseTo(expected[i], within(FLOAT32_ROUNDING));
      }
      assertThat(weight.value().toDoubles()).isEqualTo(master.to(DType.BFLOAT16).toDoubles());
    }
  }

  private static List<double[]> run(JsonNode golden, Parameter weight) {
    Optimizer optimizer = optimizer(golden, weight);
    LearningRateSchedule schedule =
        LearningRateSchedule.valueOf(
            golden.path("lr_scheduler_type").asString().toUpperCase(Locale.ROOT));
    int steps = golden.path("learning_rates").size();
    int warmup = LearningRateSchedule.warmupSteps(golden.path("warmup_ratio").asDouble(), steps);
    double[] target = doubles(GOLDEN.path("target"));
    double[] curvature = doubles(GOLDEN.path("curvature"));
    return Stream.iterate(0, step -> step + 1)
        .limit(steps)
        .map(
            step -> {
              double[] gradient = weight.value().toDoubles();
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] = curvature[i] * (gradient[i] - target[i]);
              }
              weight.gradient().copyInPlace(Tensor.of(gradient, Device.CPU, gradient.length));
              double norm = GradientNorm.of(parts(weight));
              assertThat(norm)
                  .isCloseTo(golden.path("gradient_norms").path(step).asDouble(), within(ROUNDING));
              GradientNorm.clip(parts(weight), norm, GOLDEN.path("max_norm").asDouble());
              double rate = GOLDEN.path("peak").asDouble() * schedule.factor(step, warmup, steps);
              assertThat(rate)
                  .isCloseTo(golden.path("learning_rates").path(step).asDouble(), within(1e-16));
              optimizer.update(rate);
              return weight.value().toDoubles();
            })
        .toList();
  }

  private static Optimizer optimizer(JsonNode golden, Parameter weight) {
    return Optimizer.create(
        OptimizerKind.valueOf(golden.path("optim").asString().toUpperCase(Locale.ROOT)),
        parts(weight),
        WeightDecay.ofMatrices(golden.path("weight_decay").asDouble()),
        Device.CPU);
  }

  private static WeightParts parts(Parameter weight) {
    return new WeightParts(List.of(WeightPart.resident(weight, List.of(weight))));
  }

  private static Parameter parameter(DType dtype) {
    double[] start = doubles(GOLDEN.path("start"));
    Parameter weight = new Parameter("w", Tensor.of(start, Device.CPU, start.length).to(dtype));
    weight.train();
    return weight;
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
