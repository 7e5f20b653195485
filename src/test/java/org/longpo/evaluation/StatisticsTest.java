package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  /** Rounding of a few additions and a root. */
  private static final double ROUNDING = 1e-15;

  private static Answered answered(double depth, boolean correct) {
    return new Answered(depth, depth, 10, "q", List.of("a"), "a", correct, correct ? 1 : 0.5);
  }

  @Test
  void shouldGiveBinomialStandardError() {
    List<Answered> answers = IntStream.range(0, 100).mapToObj(i -> answered(0, i < 80)).toList();
    Accuracy accuracy = Accuracy.of(answers);
    assertThat(accuracy.n()).isEqualTo(100);
    assertThat(accuracy.accuracy()).isCloseTo(0.8, within(ROUNDING));
    assertThat(accuracy.standardError()).isCloseTo(0.04, within(ROUNDING));
  }

  @Test
  void shouldGiveStandardErrorOfMean() {
    MeanScore score = MeanScore.of(new double[] {1, 2, 3, 4});
    assertThat(score.mean()).isEqualTo(2.5);
    // Sample variance 5/3.
    assertThat(score.standardError()).isCloseTo(Math.sqrt(5.0 / 3 / 4), within(ROUNDING));
    assertThat(MeanScore.of(new double[] {7}).standardError()).isZero();
  }

  @Test
  void shouldTakeQuestionsAboutOneTextTogether() {
    List<Answered> right = List.of(answered(0, true), answered(50, true));
    List<Answered> wrong = List.of(answered(0, false), answered(50, false));
    // As if each text were one question.
    assertThat(Accuracy.ofGroups(List.of(right, wrong, right, wrong)).standardError())
        .isCloseTo(Math.sqrt(0.25 / 4), within(ROUNDING));
    assertThat(MeanScore.ofGroups(List.of(new double[] {1, 3}, new double[] {5})).standardError())
        .isCloseTo(Math.sqrt(2 * 2 + 2 * 2) / 3, within(ROUNDING));
    assertThat(
            LongScore.of(
                    List.of(
                        result(100, right.toArray(Answered[]::new)),
                        result(100, wrong.toArray(Answered[]::new))))
                .byLength()
                .getFirst()
                .accuracy()
                .standardError())
        .isCloseTo(Math.sqrt(0.25 / 2), within(ROUNDING));
  }

  @Test
  void shouldNotCallTheOnlyTextCertain() {
    List<Answered> answers = IntStream.range(0, 100).mapToObj(i -> answered(0, i < 80)).toList();
    assertThat(Accuracy.ofGroups(List.of(answers)).standardError())
        .isCloseTo(0.04, within(ROUNDING));
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
    return new ItemResult(TaskKind.NEEDLE, length, 0, 1, List.of(answers), List.of());
  }
}
