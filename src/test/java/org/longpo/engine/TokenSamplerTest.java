package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

class TokenSamplerTest {
  /** More than the candidates that are ordered at first. */
  private static final int VOCABULARY = 3000;

  @Test
  void shouldDrawByProbability() {
    float[] logits = {0, (float) Math.log(3), Float.NEGATIVE_INFINITY};
    int[] counts = new int[3];
    int draws = 4000;
    for (int token : drawn(Sampling.of(1, 1), logits, draws)) {
      counts[token]++;
    }
    // Binomial with p = 3/4: five standard errors are 0.034.
    assertThat(counts[1] / (double) draws).isBetween(0.716, 0.784);
    assertThat(counts[2]).isZero();
  }

  @Test
  void shouldKeepOnlyTheNucleus() {
    float[] logits = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
    assertThat(kept(Sampling.of(1, 0.5), logits)).containsExactly(0);
    assertThat(kept(Sampling.of(1, 0.6), logits)).containsExactly(0, 1);
    assertThat(kept(new Sampling(1, 1, 2, 0, 1), logits)).containsExactly(0, 1);
    assertThat(kept(new Sampling(1, 1, 0, 0.5, 1), logits)).containsExactly(0, 1);
  }

  @Test
  void shouldPenaliseEarlierTokens() {
    float[] logits = {2, 1.5f, -1};
    Sampling penalised = new Sampling(0, 1, 0, 0, 2);
    try (Scope ignored = Scope.open()) {
      Tensor both = rows(logits, logits);
      assertThat(new TokenSampler(penalised).draw(both, new double[0], new int[][] {{0}, {0, 1}}))
          .containsExactly(1, 0);
    }
  }

  static Stream<Sampling> samplings() {
    return Stream.of(
        Sampling.of(1, 1),
        Sampling.of(0.7, 0.9),
        Sampling.of(1, 0.999),
        new Sampling(1, 1, 50, 0, 1),
        new Sampling(1, 0.5, 2000, 0, 1),
        new Sampling(1, 1, 0, 0.001, 1),
        new Sampling(0.8, 0.95, 0, 0.01, 1.2));
  }

  /** Peaked rows, which a few candidates decide, and flat ones, which need more than the first. */
  @ParameterizedTest
  @MethodSource("samplings")
  void shouldDrawWhatTheDefinitionsSay(Sampling sampling) {
    Random random = new Random(6);
    int rows = 64;
    float[][] logits = new float[rows][VOCABULARY];
    double[] points = random.doubles(rows).toArray();
    int[][] seen = new int[rows][];
    int[] expected = new int[rows];
    for (int row = 0; row < rows; row++) {
      double width = row % 2 == 0 ? 0.3 : 6;
      for (int token = 0; token < VOCABULARY; token++) {
        logits[row][token] = (float) (width * random.nextGaussian());
      }
      seen[row] = random.ints(20, 0, VOCABULARY).distinct().toArray();
      expected[row] = definition(sampling, logits[row].clone(), points[row], seen[row]);
    }
    try (Scope ignored = Scope.open()) {
      long[] drawn = new TokenSampler(sampling).draw(rows(logits), points, seen);
      assertThat(Arrays.stream(drawn).mapToInt(token -> (int) token).toArray()).isEqualTo(expected);
      // A row's token does not depend on the rows beside it.
      for (int row = 0; row < rows; row++) {
        assertThat(
                new TokenSampler(sampling)
                    .draw(rows(logits[row]), new double[] {points[row]}, new int[][] {seen[row]}))
            .containsExactly(expected[row]);
      }
    }
  }

  /** Top-k, then top-p, then min-p, token by token. */
  private static int definition(Sampling sampling, float[] logits, double point, int[] seen) {
    if (sampling.repetitionPenalty() != 1) {
      for (int token : seen) {
        double penalty = sampling.repetitionPenalty();
        logits[token] =
            (float) (logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty);
      }
    }
    double largest = IntStream.range(0, VOCABULARY).mapToDouble(i -> logits[i]).max().orElseThrow();
    double[] weights =
        IntStream.range(0, VOCABULARY)
            .mapToDouble(i -> Math.exp((logits[i] - largest) / sampling.temperature()))
            .toArray();
    boolean everything = sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0;
    List<Integer> order =
        IntStream.range(0, VOCABULARY)
            .boxed()
            .sorted(
                everything
                    ? Comparator.<Integer>naturalOrder()
                    : Comparator.<Integer>comparingDouble(i -> -weights[i]))
            .limit(sampling.topK() == 0 ? VOCABULARY : sampling.topK())
            .toList();
    double total = order.stream().mapToDouble(i -> weights[i]).sum();
    double sum = 0;
    int count = 0;
    for (int token : order) {
      boolean isOut =
          !everything
              && count > 0
              && (sum >= sampling.topP() * total || weights[token] < sampling.minP());
      if (isOut) {
        break;
      }
      sum += weights[token];
      count++;
    }
    double at = 0;
    for (int token : order.subList(0, count)) {
      at += weights[token];
      if (at > point * sum) {
        return token;
      }
    }
    return order.get(count - 1);
  }

  private static int[] kept(Sampling sampling, float[] logits) {
    return Arrays.stream(drawn(sampling, logits, 300)).distinct().sorted().toArray();
  }

  private static int[] drawn(Sampling sampling, float[] logits, int draws) {
    double[] points = new Random(17).doubles(draws).toArray();
    float[][] same = new float[draws][];
    Arrays.fill(same, logits);
    try (Scope ignored = Scope.open()) {
      return Arrays.stream(new TokenSampler(sampling).draw(rows(same), points, new int[0][]))
          .mapToInt(token -> (int) token)
          .toArray();
    }
  }

  private static Tensor rows(float[]... rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * rows[row].length, rows[row].length);
    }
    return Tensor.of(all, RandomModel.device(), rows.length, rows[0].length);
  }
}
