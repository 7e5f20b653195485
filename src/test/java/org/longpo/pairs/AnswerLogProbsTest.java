package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.inference.FakeModel;
import org.longpo.inference.Scorer;
import org.longpo.inference.Written;

class AnswerLogProbsTest {
  private static final int[] INPUT = {1, 2, 3};

  private static FakeModel scorer(double nats) {
    return new FakeModel(
        "fake", request -> Written.encoded("", false, FakePairs.PROMPTS), sequence -> nats);
  }

  @Test
  void shouldReadAllAnswersAfterTheirInputsInOnePass() {
    FakeModel scorer = scorer(-2);
    List<double[]> read =
        AnswerLogProbs.read(
            scorer, List.of(INPUT, INPUT), List.of(new int[] {4}, new int[] {5, 6}));
    assertThat(read).containsExactly(new double[] {-2}, new double[] {-2, -2});
    assertThat(scorer.scored).hasSize(1);
    assertThat(scorer.scored.getFirst())
        .containsExactly(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 5, 6});
  }

  @Test
  void shouldTakeRoundingAboveZeroForZero() {
    assertThat(AnswerLogProbs.read(scorer(4e-6), List.of(INPUT), List.of(INPUT)).getFirst())
        .containsExactly(0, 0, 0);
    // Larger ones are no rounding: the row will refuse them.
    assertThat(AnswerLogProbs.read(scorer(1e-3), List.of(INPUT), List.of(INPUT)).getFirst())
        .containsExactly(1e-3, 1e-3, 1e-3);
  }

  @Test
  void shouldReadBothAnswersOfEveryPairGivenThePiece() {
    FakePairs pairs = new FakePairs();
    PairRow row = pairs.outcomes(FakePairs.pieces(1)).getFirst().row().orElseThrow();
    FakeModel scorer = scorer(-3);
    PairRow completed =
        row.withReferenceLong(
            AnswerLogProbs.readLong(scorer, FakePairs.PROMPTS, row, "The whole text."));
    assertThat(completed.hasReferenceLong()).isTrue();
    assertThat(scorer.scored.getFirst()).hasSize(4);
    int[] input =
        FakePairs.PROMPTS
            .of(UserMessage.of("The whole text.", row.pairs().getFirst().instruction()))
            .tokens();
    assertThat(scorer.scored.getFirst().getFirst())
        .startsWith(input)
        .endsWith(row.pairs().getFirst().chosen().tokens());
  }

  @Test
  void shouldRefuseScorersThatLeaveSomethingOut() {
    assertThatThrownBy(() -> read(List.of(new double[] {-1})))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The scorer short returned log-probabilities of 1 sequences for 2");
    assertThatThrownBy(() -> read(List.of(new double[] {-1}, new double[] {-1})))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "The scorer short returned 1 log-probabilities of 2 tokens of sequence 2");
  }

  private static List<double[]> read(List<double[]> returned) {
    Scorer scorer =
        new Scorer() {
          @Override
          public String name() {
            return "short";
          }

          @Override
          public String fingerprint() {
            return "short";
          }

          @Override
          public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
            return returned;
          }

          @Override
          public List<Scored> score(List<int[]> sequences, int[] starts) {
            throw new UnsupportedOperationException();
          }
        };
    return AnswerLogProbs.read(
        scorer, List.of(INPUT, INPUT), List.of(new int[] {4}, new int[] {5, 6}));
  }
}
