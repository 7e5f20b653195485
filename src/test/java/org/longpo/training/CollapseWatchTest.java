package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.files.Json;
import org.longpo.objective.MetricName;

class CollapseWatchTest {
  /** Steps at which a run that collapsed was read, and its nats per token there. */
  private static final double[] STEPS = {1, 11, 41, 81};

  private static final double[] CHOSEN = {-0.37, -0.21, -0.38, -2.6};
  private static final double[] KL = {0.37, 0.20, 0.37, 2.6};

  private static final CollapseWatch WATCH = new CollapseWatch(new CollapseSettings(10, 1, false));

  /** What was noticed in a run, and when. */
  private record Noticed(int step, Collapse collapse) {}

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.1})
  void shouldNoticeTheCollapseOfARealRun(double noise) {
    Random random = new Random(3);
    List<Noticed> noticed =
        run(
            100,
            step ->
                Map.of(
                    MetricName.CHOSEN_PER_TOKEN,
                    between(CHOSEN, step) + noise * random.nextGaussian(),
                    MetricName.SHORT_TO_LONG_KL,
                    between(KL, step) + noise * random.nextGaussian()));
    assertThat(noticed).hasSize(1);
    assertThat(noticed.getFirst().step()).isBetween(42, 65);
    Collapse collapse = noticed.getFirst().collapse();
    assertThat(collapse.metric()).isEqualTo(MetricName.CHOSEN_PER_TOKEN);
    assertThat(collapse.from().step()).isBetween(11, 26);
    assertThat(collapse.from().mean()).isGreaterThan(-0.3);
    assertThat(collapse.to().mean()).isLessThan(-0.45);
  }

  @Test
  void shouldNoticeByLogProbsAlone() {
    assertThat(run(100, step -> Map.of(MetricName.CHOSEN_PER_TOKEN, between(CHOSEN, step))))
        .singleElement()
        .satisfies(noticed -> assertThat(noticed.step()).isBetween(42, 60));
  }

  @Test
  void shouldNoticeByKlAlone() {
    List<Noticed> noticed =
        run(100, step -> Map.of(MetricName.SHORT_TO_LONG_KL, between(KL, step)));
    assertThat(noticed).hasSize(1);
    // The KL itself is at 1 at step 52, its mean over ten steps five later.
    assertThat(noticed.getFirst().step()).isBetween(60, 72);
    assertThat(noticed.getFirst().collapse().from().mean()).isLessThan(0.25);
    assertThat(noticed.getFirst().collapse().sentence())
        .contains("kl/short_to_long went from 0.2", "nats per token");
  }

  @Test
  void shouldBeSilentWithoutTheseMetrics() {
    CollapseState state = WATCH.after(CollapseState.START, 1, Map.of("loss", 1.0));
    assertThat(run(100, step -> Map.of("loss", (double) step))).isEmpty();
    assertThat(state.lastGoodStep()).isEmpty();
  }

  /** A thousand steps each: noise of any size, also with rare steps that are far off. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeSilentInNoise(int seed) {
    Random random = new Random(seed);
    DoubleUnaryOperator rising = step -> -0.6 + 0.3 * (1 - Math.exp(-step / 200));
    List<Function<Double, Double>> noises =
        List.of(
            step -> 0.1 * random.nextGaussian(),
            step -> 0.5 * random.nextGaussian(),
            step -> 2 * random.nextGaussian(),
            step -> -random.nextExponential(),
            step -> -Math.exp(1.5 * random.nextGaussian() - 1),
            step -> random.nextInt(30) == 0 ? -10.0 : 0);
    for (Function<Double, Double> noise : noises) {
      assertThat(
              run(
                  1000,
                  step ->
                      Map.of(
                          MetricName.CHOSEN_PER_TOKEN,
                          rising.applyAsDouble(step) + noise.apply(step),
                          MetricName.SHORT_TO_LONG_KL,
                          -rising.applyAsDouble(step) - noise.apply(step))))
          .isEmpty();
    }
  }

  /** Answers of another model, which a preference may make somewhat less likely. */
  @Test
  void shouldBeSilentAboutAModerateFallOfUnlikelyAnswers() {
    assertThat(run(200, step -> Map.of(MetricName.CHOSEN_PER_TOKEN, -1.2 - 0.002 * step)))
        .isEmpty();
  }

  @Test
  void shouldBeSilentAboutAKlThatWasBeyondTheBoundFromTheBeginning() {
    assertThat(run(200, step -> Map.of(MetricName.SHORT_TO_LONG_KL, 3 - 0.01 * step))).isEmpty();
  }

  @Test
  void shouldBeSilentUntilEnoughStepsAreThere() {
    List<Noticed> noticed =
        run(40, step -> Map.of(MetricName.CHOSEN_PER_TOKEN, -0.1 * step * step));
    assertThat(noticed).hasSize(1);
    assertThat(noticed.getFirst().step()).isBetween(20, 30);
  }

  @Test
  void shouldNoticeASecondCollapseAfterARecovery() {
    // 30 steps well, 30 fallen, and again.
    assertThat(
            run(
                120,
                step -> Map.of(MetricName.CHOSEN_PER_TOKEN, (step - 1) % 60 < 30 ? -0.2 : -5.0)))
        .extracting(noticed -> noticed.step() > 60)
        .containsExactly(false, true);
  }

  @Test
  void shouldGoOnFromAStateThatWasWrittenAndRead() {
    CollapseState whole = CollapseState.START;
    CollapseState resumed = CollapseState.START;
    Random random = new Random(5);
    for (int step = 1; step <= 80; step++) {
      Map<String, Double> means = new HashMap<>();
      means.put(MetricName.CHOSEN_PER_TOKEN, between(CHOSEN, step) + 0.1 * random.nextGaussian());
      if (step % 7 != 0) {
        means.put(MetricName.SHORT_TO_LONG_KL, between(KL, step));
      }
      whole = WATCH.after(whole, step, means);
      resumed =
          WATCH.after(Json.parse(Json.line(resumed), CollapseState.class, "state"), step, means);
      assertThat(resumed).isEqualTo(whole);
    }
    assertThat(whole.collapse()).isPresent();
  }

  private static List<Noticed> run(int steps, Function<Double, Map<String, Double>> means) {
    List<Noticed> noticed = new ArrayList<>();
    CollapseState state = CollapseState.START;
    for (int step = 1; step <= steps; step++) {
      CollapseState next = WATCH.after(state, step, means.apply((double) step));
      if (state.collapse().isEmpty() && next.collapse().isPresent()) {
        noticed.add(new Noticed(step, next.collapse().orElseThrow()));
      }
      state = next;
    }
    return noticed;
  }

  /** Straight lines between the steps that are known. */
  private static double between(double[] values, double step) {
    for (int i = 1; i < STEPS.length; i++) {
      if (step <= STEPS[i] || i == STEPS.length - 1) {
        double along = (step - STEPS[i - 1]) / (STEPS[i] - STEPS[i - 1]);
        return values[i - 1] + along * (values[i] - values[i - 1]);
      }
    }
    throw new IllegalStateException("there are several steps");
  }
}
