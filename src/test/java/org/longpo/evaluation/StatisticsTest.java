package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.text.Reasoning;

class StatisticsTest {
  /** Rounding of a few additions and a root. */
  private static final double ROUNDING = 1e-15;

  private static Answered answered(double depth, boolean correct) {
    return new Answered(
        depth, depth, 10, "q", List.of("a"), "a", correct, correct ? 1 : 0.5, Reasoning.NONE);
  }

  @Test
  void shouldGiveBinomialStandardErrorWhereNoTwoQuestionsShareAText() {
    List<List<Answered>> alone =
        IntStream.range(0, 100).mapToObj(i -> List.of(answered(0, i < 80))).toList();
    Accuracy accuracy = Accuracy.of(alone);
    assertThat(accuracy.n()).isEqualTo(100);
    assertThat(accuracy.clusters()).isEqualTo(100);
    assertThat(accuracy.accuracy()).isCloseTo(0.8, within(ROUNDING));
    assertThat(accuracy.standardError()).hasValueCloseTo(0.04, within(ROUNDING));
  }

  @Test
  void shouldCountTextsAndNotTheirQuestions() {
    // Each text's 25 questions come out alike: as if there were 8 questions, 6 of them right, where
    // 200 independent ones would have sqrt(0.75 * 0.25 / 200) = 0.031.
    List<ItemResult> passages =
        IntStream.range(0, 8)
            .mapToObj(i -> result(TaskKind.QA_SHORT, 0, i, i < 6 ? 25 : 0, i < 6 ? 0 : 25))
            .toList();
    ShortScore score = ShortScore.of(passages);
    assertThat(score.exactMatch().n()).isEqualTo(200);
    assertThat(score.exactMatch().clusters()).isEqualTo(8);
    assertThat(score.exactMatch().accuracy()).isEqualTo(0.75);
    // sqrt(0.1875 / 8)
    assertThat(score.exactMatch().standardError())
        .hasValueCloseTo(0.15309310892394862, within(ROUNDING));
    // F1 is 1 or 0.5: half as far apart.
    assertThat(score.tokenF1().mean()).isEqualTo(0.875);
    assertThat(score.tokenF1().standardError())
        .hasValueCloseTo(0.07654655446197431, within(ROUNDING));
    LongScore haystacks =
        LongScore.of(
            IntStream.range(0, 8)
                .mapToObj(i -> result(TaskKind.NEEDLE, 512, i, i < 6 ? 25 : 0, i < 6 ? 0 : 25))
                .toList());
    assertThat(haystacks.byLength().getFirst().accuracy()).isEqualTo(score.exactMatch());
    assertThat(haystacks.byLength().getFirst().tokenF1()).isEqualTo(score.tokenF1());
  }

  @Test
  void shouldTakeHaystacksWithOnePassageTogether() {
    // Two haystacks of cluster 0, one of cluster 1: as if each cluster were one question.
    LongScore score =
        LongScore.of(
            List.of(
                result(TaskKind.QA_LONG, 512, 0, 2, 0),
                result(TaskKind.QA_LONG, 512, 0, 2, 0),
                result(TaskKind.QA_LONG, 512, 1, 0, 4)));
    Accuracy accuracy = score.byLength().getFirst().accuracy();
    assertThat(accuracy.clusters()).isEqualTo(2);
    assertThat(accuracy.standardError()).hasValueCloseTo(Math.sqrt(0.25 / 2), within(ROUNDING));
  }

  @Test
  void shouldWeighQuestionsAndNotTexts() {
    // Mean 3; deviations of the texts' sums -2 and 2.
    MeanScore score = MeanScore.of(List.of(new double[] {1, 3}, new double[] {5}));
    assertThat(score.mean()).isEqualTo(3);
    assertThat(score.standardError()).hasValueCloseTo(Math.sqrt(4 + 4) / 3, within(ROUNDING));
  }

  @Test
  void shouldNotTellTheErrorFromASingleText() {
    Accuracy accuracy =
        ShortScore.of(List.of(result(TaskKind.QA_SHORT, 0, 0, 80, 20))).exactMatch();
    assertThat(accuracy.accuracy()).isCloseTo(0.8, within(ROUNDING));
    assertThat(accuracy.standardError()).isEmpty();
    assertThat(MeanScore.of(List.of(new double[] {1, 7})).standardError()).isEmpty();
  }

  @Test
  void shouldDivideAllBitsByAllBytes() {
    // Document 0 has 20 bits in 40 bytes, document 1 has 90 in 60. The mean of the windows' ratios,
    // which weighs a short window like a long one, would be (0.8 + 0.4 + 1.5) / 3 = 0.9.
    BitsPerByte bits =
        BitsPerByte.of(List.of(window(0, 8, 10), window(0, 12, 30), window(1, 90, 60)), 64);
    assertThat(bits.bitsPerByte().mean()).isCloseTo(1.1, within(ROUNDING));
    assertThat(bits.bitsPerByte().n()).isEqualTo(3);
    assertThat(bits.bitsPerByte().clusters()).isEqualTo(2);
    // Residuals 20 - 1.1 * 40 = -24 and 90 - 1.1 * 60 = 24: sqrt(2) * 24 / 100.
    assertThat(bits.bitsPerByte().standardError())
        .hasValueCloseTo(0.33941125496954283, within(ROUNDING));
    assertThat(bits.bytes()).isEqualTo(100);
  }

  @Test
  void shouldNotCountWindowsOfOneDocumentAsIndependent() {
    // Ten windows each of two documents; only the documents differ: 1 and 3 bits per byte.
    List<ItemResult> windows =
        IntStream.range(0, 20).mapToObj(i -> window(i / 10, i < 10 ? 50 : 150, 50)).toList();
    MeanScore score = BitsPerByte.of(windows, 64).bitsPerByte();
    assertThat(score.mean()).isEqualTo(2);
    assertThat(score.standardError()).hasValueCloseTo(Math.sqrt(1.0 / 2), within(ROUNDING));
    assertThat(BitsPerByte.of(windows.subList(0, 10), 64).bitsPerByte().standardError()).isEmpty();
  }

  @Test
  void shouldSumUpByLengthAndDepth() {
    LongScore score =
        LongScore.of(
            List.of(
                result(200, answered(50, true), answered(0, false)),
                result(100, answered(50, true), answered(0, true)),
                result(200, answered(50, true), answered(0, true))));
    assertThat(score.byLength()).extracting(LengthScore::length).containsExactly(100, 200);
    assertThat(score.byLength())
        .extracting(s -> s.accuracy().accuracy())
        .containsExactly(1.0, 0.75);
    assertThat(score.byLengthAndDepth())
        .extracting(CellScore::length, CellScore::depthPercent, cell -> cell.accuracy().accuracy())
        .containsExactly(
            tuple(100, 0.0, 1.0),
            tuple(100, 50.0, 1.0),
            tuple(200, 0.0, 0.5),
            tuple(200, 50.0, 1.0));
  }

  private static ItemResult result(int length, Answered... answers) {
    return new ItemResult(TaskKind.NEEDLE, length, 0, 0, 1, List.of(answers), List.of());
  }

  private static ItemResult result(TaskKind task, int length, int cluster, int right, int wrong) {
    List<Answered> answers =
        IntStream.range(0, right + wrong).mapToObj(i -> answered(0, i < right)).toList();
    return new ItemResult(task, length, 0, cluster, 1, answers, List.of());
  }

  private static ItemResult window(int document, double bits, int bytes) {
    return new ItemResult(
        TaskKind.BITS_PER_BYTE,
        0,
        0,
        document,
        1,
        List.of(),
        List.of(new WindowBits(document, 0, bytes, bytes, bits)));
  }
}
