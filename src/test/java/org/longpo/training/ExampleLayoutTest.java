package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.TestDocuments;
import org.longpo.error.UserError;
import org.longpo.inference.TokenOrigin;
import org.longpo.objective.Dpo;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objective;
import org.longpo.objective.Opsdl;
import org.longpo.objective.Reading;
import org.longpo.objective.Response;
import org.longpo.objective.Sft;
import org.longpo.objective.Sigmoid;
import org.longpo.objective.SimPo;
import org.longpo.objective.SoLoPo;
import org.longpo.pairs.Answer;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairRow;
import org.longpo.settings.OptionRecords;

/** Layouts against sequences written down by hand. */
class ExampleLayoutTest {
  private static final Objective LONGPO =
      new LongPo(0.1, 0.01, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT);
  private static final PairRow ROW =
      new PairRow(
          "d",
          TestDocuments.of("text").span(0, 4, 4),
          10_000,
          List.of(
              new Pair(new ChunkSpan(0, 2, 2), "i", answer(50, 51), answer(60)),
              new Pair(new ChunkSpan(2, 4, 2), "j", answer(52), answer(61, 62))));
  private static final String DOCUMENT = "abcd";
  private static final List<String> CHUNKS = List.of("ab", "cd");

  // The plain prompts of TestPrompts: 1 context 2 instruction 3, 4 after an answer.
  private static final int A = 'a';
  private static final int B = 'b';
  private static final int C = 'c';
  private static final int D = 'd';
  private static final int I = 'i';
  private static final int J = 'j';

  @Test
  void shouldBranchEveryPairOffTheDocumentInTree() {
    TrainingExample example = lay(SequenceLayout.TREE, LONGPO);
    assertThat(example.sequences())
        .containsExactly(
            ids(1, A, B, C, D, 2, I, 3, 50, 51),
            ids(1, A, B, C, D, 2, J, 3, 52),
            ids(1, A, B, C, D, 2, I, 3, 60),
            ids(1, A, B, C, D, 2, J, 3, 61, 62));
    assertThat(example.spans())
        .containsExactly(
            new ResponseSpan(0, Reading.POLICY_LONG_CHOSEN, 0, 8, 10),
            new ResponseSpan(1, Reading.POLICY_LONG_CHOSEN, 1, 8, 9),
            new ResponseSpan(0, Reading.POLICY_LONG_REJECTED, 2, 8, 9),
            new ResponseSpan(1, Reading.POLICY_LONG_REJECTED, 3, 8, 10));
    assertThat(example.nllSequences()).containsExactly(0, 1);
    assertThat(example.nllTokens()).containsExactly(9, 8);
  }

  @Test
  void shouldLetTurnsFollowEachOtherInChain() {
    TrainingExample example = lay(SequenceLayout.CHAIN, LONGPO);
    assertThat(example.sequences())
        .containsExactly(
            ids(1, A, B, C, D, 2, I, 3, 50, 51, 4, 2, J, 3, 52),
            ids(1, A, B, C, D, 2, I, 3, 60, 4, 2, J, 3, 61, 62));
    assertThat(example.spans())
        .containsExactly(
            new ResponseSpan(0, Reading.POLICY_LONG_CHOSEN, 0, 8, 10),
            new ResponseSpan(1, Reading.POLICY_LONG_CHOSEN, 0, 14, 15),
            new ResponseSpan(0, Reading.POLICY_LONG_REJECTED, 1, 8, 9),
            new ResponseSpan(1, Reading.POLICY_LONG_REJECTED, 1, 13, 15));
    assertThat(example.nllSequences()).containsExactly(0);
    assertThat(example.nllTokens()).containsExactly(14);
  }

  @Test
  void shouldAddShortInputsOnlyForObjectivesThatTrainOnThem() {
    TrainingExample example = lay(SequenceLayout.TREE, new SoLoPo(new SimPo(2, 0.5), 3));
    EnumSet<Reading> readings = EnumSet.noneOf(Reading.class);
    example.spans().forEach(span -> readings.add(span.reading()));
    assertThat(readings)
        .containsExactly(
            Reading.POLICY_LONG_CHOSEN, Reading.POLICY_SHORT_CHOSEN, Reading.POLICY_SHORT_REJECTED);
    assertThat(example.sequences()).contains(ids(1, C, D, 2, J, 3, 61, 62));
  }

  @Test
  void shouldLeaveOutRejectedAnswersThatNobodyReads() {
    TrainingExample example =
        lay(SequenceLayout.TREE, new Sft(Response.CHOSEN, NllSpan.WHOLE_SEQUENCE, 0));
    assertThat(example.sequences()).hasSize(2);
  }

  @Test
  void shouldLeaveRoomForSamplesAndKnowTheirShortInputs() {
    TrainingExample example = lay(SequenceLayout.TREE, new Opsdl(4, 3, 1, 1));
    assertThat(example.sequences())
        .containsExactly(
            ids(1, A, B, C, D, 2, I, 3, 50, 51),
            ids(1, A, B, C, D, 2, J, 3, 52),
            ids(1, A, B, C, D, 2, I, 3, -1, -1, -1),
            ids(1, A, B, C, D, 2, J, 3, -2, -2, -2));
    assertThat(example.longPrompts())
        .containsExactly(ids(1, A, B, C, D, 2, I, 3), ids(1, A, B, C, D, 2, J, 3));
    assertThat(example.shortPrompts())
        .containsExactly(ids(1, A, B, 2, I, 3), ids(1, C, D, 2, J, 3));
    assertThat(example.references())
        .allSatisfy(
            references -> assertThat(references).containsOnlyKeys(Reading.REFERENCE_SHORT_CHOSEN));
  }

  @Test
  void shouldPutSamplesInTheirRoom() {
    double[] first = {-1, -2};
    double[] second = {-3};
    TrainingExample example =
        lay(SequenceLayout.TREE, new Opsdl(4, 3, 1, 1))
            .withSamples(List.of(new Sample(ids(70, 71), first), new Sample(ids(72), second)));
    assertThat(example.sequences())
        .containsExactly(
            ids(1, A, B, C, D, 2, I, 3, 50, 51),
            ids(1, A, B, C, D, 2, J, 3, 52),
            ids(1, A, B, C, D, 2, I, 3, 70, 71),
            ids(1, A, B, C, D, 2, J, 3, 72));
    assertThat(example.spans())
        .containsExactly(
            new ResponseSpan(0, Reading.POLICY_LONG_CHOSEN, 0, 8, 10),
            new ResponseSpan(1, Reading.POLICY_LONG_CHOSEN, 1, 8, 9),
            new ResponseSpan(0, Reading.POLICY_LONG_REJECTED, 2, 8, 10),
            new ResponseSpan(1, Reading.POLICY_LONG_REJECTED, 3, 8, 9));
    assertThat(example.references().getFirst())
        .containsEntry(Reading.REFERENCE_SHORT_REJECTED, first);
    assertThat(example.references().getLast())
        .containsEntry(Reading.REFERENCE_SHORT_REJECTED, second);
  }

  @Test
  void shouldRefuseSamplesInChain() {
    SequenceSettings chain =
        OptionRecords.of(SequenceSettings.class, Map.of("layout", SequenceLayout.CHAIN));
    assertThatThrownBy(() -> OptionRecords.with(TinyRun.onPolicy(1), "sequences", chain))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("objective opsdl")
        .hasMessageContaining("choose layout tree");
  }

  @Test
  void shouldLayOutEncodedAnswersAsSampledOnes() {
    List<Pair> encoded =
        ROW.pairs().stream()
            .map(
                pair ->
                    new Pair(
                        pair.chunk(),
                        pair.instruction(),
                        encoded(pair.chosen()),
                        encoded(pair.rejected())))
            .toList();
    PairRow row = new PairRow(ROW.id(), ROW.piece(), ROW.rejectedRopeTheta(), encoded);
    for (SequenceLayout layout : SequenceLayout.values()) {
      TrainingExample sampled = lay(layout, LONGPO);
      TrainingExample example =
          new ExampleLayout(layout, LONGPO.requirements(), new TestPrompts())
              .example(row, DOCUMENT, CHUNKS);
      assertThat(example.sequences()).containsExactlyElementsOf(sampled.sequences());
      assertThat(example.spans()).isEqualTo(sampled.spans());
      assertThat(example.nllSequences()).isEqualTo(sampled.nllSequences());
    }
  }

  private static Answer encoded(Answer answer) {
    return new Answer(
        answer.text(),
        answer.tokens(),
        TokenOrigin.ENCODED,
        answer.ended(),
        answer.referenceShort(),
        answer.referenceLong());
  }

  @Test
  void shouldNameWhatComputesMissingReferences() {
    assertThatThrownBy(() -> lay(SequenceLayout.TREE, new Dpo(0.1, 0)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("longpo reference")
        .hasMessageContaining("document d");
  }

  private static TrainingExample lay(SequenceLayout layout, Objective objective) {
    return new ExampleLayout(layout, objective.requirements(), new TestPrompts())
        .example(ROW, DOCUMENT, CHUNKS);
  }

  private static Answer answer(int... tokens) {
    double[] reference = new double[tokens.length];
    Arrays.fill(reference, -1);
    return new Answer("text", tokens, TokenOrigin.SAMPLED, true, reference, Optional.empty());
  }

  private static int[] ids(int... tokens) {
    return tokens;
  }
}
