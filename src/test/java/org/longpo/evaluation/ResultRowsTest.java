package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultRowsTest {
  /** Rounding of a few additions and a root. */
  private static final double ROUNDING = 1e-15;

  private static final Metric ACCURACY = Metric.share("accuracy", "right answers");
  private static final Metric F1 = Metric.share("token_f1", "token F1");
  private static final Metric BITS = Metric.cost("bits_per_byte", "bits per byte", "bits", "bytes");

  private static final TaskInfo TASK =
      new TaskInfo(
          "task",
          1,
          "Task",
          "Task",
          TaskInfo.Context.LONG,
          new TaskInfo.Units("texts", "texts"),
          List.of(ACCURACY, F1));

  private static Estimate estimate(Metric metric, List<ItemResult> results) {
    return ResultRows.find(metric, results).orElseThrow();
  }

  private static Sample answered(double depth, boolean correct) {
    return new Sample(
        Optional.of(Slice.ofDepth(depth)),
        "hash",
        Map.of("accuracy", correct ? 1.0 : 0.0, "token_f1", correct ? 1 : 0.5),
        Optional.empty());
  }

  @Test
  void shouldGiveBinomialStandardErrorWhereNoTwoQuestionsShareAText() {
    List<ItemResult> alone =
        IntStream.range(0, 100)
            .mapToObj(i -> result(0, i, i < 80 ? 1 : 0, i < 80 ? 0 : 1))
            .toList();
    Estimate accuracy = estimate(ACCURACY, alone);
    assertThat(accuracy.n()).isEqualTo(100);
    assertThat(accuracy.clusters()).isEqualTo(100);
    assertThat(accuracy.value()).isCloseTo(0.8, within(ROUNDING));
    assertThat(accuracy.standardError()).hasValueCloseTo(0.04, within(ROUNDING));
  }

  @Test
  void shouldCountTextsAndNotTheirQuestions() {
    // Each text's 25 questions have the same result: as if there were 8 questions, 6 of them right,
    // where 200 independent ones would have sqrt(0.75 * 0.25 / 200) = 0.031.
    List<ItemResult> passages =
        IntStream.range(0, 8).mapToObj(i -> result(0, i, i < 6 ? 25 : 0, i < 6 ? 0 : 25)).toList();
    Estimate accuracy = estimate(ACCURACY, passages);
    assertThat(accuracy.n()).isEqualTo(200);
    assertThat(accuracy.clusters()).isEqualTo(8);
    assertThat(accuracy.value()).isEqualTo(0.75);
    // sqrt(0.1875 / 8)
    assertThat(accuracy.standardError()).hasValueCloseTo(0.15309310892394862, within(ROUNDING));
    // F1 is 1 or 0.5: half as far apart.
    Estimate tokenF1 = estimate(F1, passages);
    assertThat(tokenF1.value()).isEqualTo(0.875);
    assertThat(tokenF1.standardError()).hasValueCloseTo(0.07654655446197431, within(ROUNDING));
  }

  @Test
  void shouldTakeResultsOfOneClusterTogether() {
    // Two haystacks of cluster 0, one of cluster 1: as if each cluster were one question.
    Estimate accuracy =
        estimate(
            ACCURACY, List.of(result(512, 0, 2, 0), result(512, 0, 2, 0), result(512, 1, 0, 4)));
    assertThat(accuracy.clusters()).isEqualTo(2);
    assertThat(accuracy.standardError()).hasValueCloseTo(Math.sqrt(0.25 / 2), within(ROUNDING));
  }

  @Test
  void shouldWeighQuestionsAndNotTexts() {
    // Mean 3; deviations of the texts' sums -2 and 2.
    Estimate estimate =
        Estimate.ofRatio(
            3, List.of(new ClusteredError.Totals(4, 2), new ClusteredError.Totals(5, 1)));
    assertThat(estimate.value()).isEqualTo(3);
    assertThat(estimate.standardError()).hasValueCloseTo(Math.sqrt(4 + 4) / 3, within(ROUNDING));
  }

  @Test
  void shouldNotTellTheErrorFromASingleText() {
    Estimate accuracy = estimate(ACCURACY, List.of(result(0, 0, 80, 20)));
    assertThat(accuracy.value()).isCloseTo(0.8, within(ROUNDING));
    assertThat(accuracy.standardError()).isEmpty();
    assertThat(ACCURACY.text(accuracy)).isEqualTo("80.0 ± ? %");
  }

  @Test
  void shouldDivideAllBitsByAllBytes() {
    // Document 0 has 20 bits in 40 bytes, document 1 has 90 in 60. The mean of the windows' ratios,
    // which weighs a short window like a long one, would be (0.8 + 0.4 + 1.5) / 3 = 0.9.
    Estimate bits = estimate(BITS, List.of(window(0, 8, 10), window(0, 12, 30), window(1, 90, 60)));
    assertThat(bits.value()).isCloseTo(1.1, within(ROUNDING));
    assertThat(bits.n()).isEqualTo(3);
    assertThat(bits.clusters()).isEqualTo(2);
    // Residuals 20 - 1.1 * 40 = -24 and 90 - 1.1 * 60 = 24: sqrt(2) * 24 / 100.
    assertThat(bits.standardError()).hasValueCloseTo(0.33941125496954283, within(ROUNDING));
    assertThat(BITS.text(bits)).isEqualTo("1.100 ± 0.339");
  }

  @Test
  void shouldNotCountWindowsOfOneDocumentAsIndependent() {
    // Ten windows each of two documents; only the documents differ: 1 and 3 bits per byte.
    List<ItemResult> windows =
        IntStream.range(0, 20).mapToObj(i -> window(i / 10, i < 10 ? 50 : 150, 50)).toList();
    Estimate bits = estimate(BITS, windows);
    assertThat(bits.value()).isEqualTo(2);
    assertThat(bits.standardError()).hasValueCloseTo(Math.sqrt(1.0 / 2), within(ROUNDING));
    assertThat(estimate(BITS, windows.subList(0, 10)).standardError()).isEmpty();
  }

  @Test
  void shouldGiveRowsByLengthAndDepth() {
    List<ResultRow> rows =
        ResultRows.of(
            TASK,
            List.of(
                result(200, answered(50, true), answered(0, false)),
                result(100, answered(50, true), answered(0, true)),
                result(200, answered(50, true), answered(0, true))));
    assertThat(rows)
        .extracting(
            row -> row.length().orElseThrow(),
            row -> row.slice().map(Slice::label).orElse("all"),
            ResultRow::metric,
            row -> row.estimate().value())
        .containsExactly(
            tuple(100, "all", "accuracy", 1.0),
            tuple(100, "all", "token_f1", 1.0),
            tuple(100, "0%", "accuracy", 1.0),
            tuple(100, "50%", "accuracy", 1.0),
            tuple(200, "all", "accuracy", 0.75),
            tuple(200, "all", "token_f1", 0.875),
            tuple(200, "0%", "accuracy", 0.5),
            tuple(200, "50%", "accuracy", 1.0));
  }

  @Test
  void shouldOrderSlicesByTheirNumbers() {
    List<ResultRow> rows =
        ResultRows.of(TASK, List.of(result(0, answered(100, true), answered(12.5, true))));
    assertThat(rows.stream().flatMap(row -> row.slice().stream()).map(Slice::label))
        .containsExactly("12.5%", "100%");
    assertThat(rows).allMatch(row -> row.length().isEmpty());
  }

  @Test
  void shouldNotCountSamplesWithNothingToDivideBy() {
    List<ItemResult> windows = List.of(window(0, 8, 4), window(0, 0, 0), window(1, 0, 0));
    assertThat(estimate(BITS, windows)).isEqualTo(new Estimate(2, OptionalDouble.empty(), 1, 1));
  }

  @Test
  void shouldHaveNoRowWhereNoSampleCounts() {
    TaskInfo bits =
        new TaskInfo(
            "bits", 1, "Bits", "Bits", TaskInfo.Context.SHORT, TASK.units(), List.of(BITS));
    assertThat(ResultRows.of(bits, List.of(window(0, 0, 0)))).isEmpty();
  }

  @Test
  void shouldNameAValueThatATaskForgot() {
    assertThatThrownBy(() -> estimate(BITS, List.of(result(0, 0, 1, 0))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a sample has no value bytes but [accuracy, token_f1]");
  }

  private static ItemResult result(int length, Sample... samples) {
    return new ItemResult(length, 0, 0, List.of(samples));
  }

  private static ItemResult result(int length, int cluster, int right, int wrong) {
    List<Sample> samples =
        IntStream.range(0, right + wrong).mapToObj(i -> answered(0, i < right)).toList();
    return new ItemResult(length, 0, cluster, samples);
  }

  private static ItemResult window(int document, double bits, int bytes) {
    return new ItemResult(
        0,
        0,
        document,
        List.of(
            new Sample(
                Optional.empty(),
                "hash",
                Map.of("bits", bits, "bytes", (double) bytes),
                Optional.empty())));
  }
}
