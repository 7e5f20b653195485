package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.longpo.documents.DocumentSpan;
import org.longpo.error.UserError;
import org.longpo.inference.CharacterPrompts;
import org.longpo.inference.FakeModel;
import org.longpo.inference.TokenIds;
import org.longpo.inference.TokenOrigin;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;
import org.longpo.text.Reasoning;

/** Pairs end to end, of writers and a scorer without an engine. */
class PairGeneratorTest {
  private static final List<DocumentSpan> TWO = FakePairs.pieces(2);
  private final FakePairs pairs = new FakePairs();

  @Test
  void shouldWriteAllPiecesInThreeBatchesAndScoreEachByItself() {
    List<PieceOutcome> outcomes = pairs.outcomes(TWO);
    assertThat(outcomes).allMatch(outcome -> outcome.dropped().total() == 0);
    assertThat(outcomes)
        .extracting(outcome -> outcome.row().orElseThrow().pairs().size())
        .containsExactly(2, 2);
    assertThat(pairs.shortWriter.written).extracting(List::size).containsExactly(4, 4);
    assertThat(pairs.longWriter.written).extracting(List::size).containsExactly(4);
    assertThat(pairs.scorer.scored).extracting(List::size).containsExactly(4, 4);
    assertThat(pairs.shortWriter.settings)
        .containsExactly(
            pairs.settings().instructions().writing(), pairs.settings().answers().writing());
  }

  @Test
  void shouldAskForChosenAnswersFromChunksAndForRejectedOnesFromPieces() {
    PairRow row = pairs.outcomes(TWO).getFirst().row().orElseThrow();
    Pair pair = row.pairs().getFirst();
    String document = FakePairs.documents().apply(TWO.getFirst()).text();
    String chunk = document.substring(pair.chunk().startChar(), pair.chunk().endChar());
    String piece = document.substring(0, FakePairs.LENGTH);
    assertThat(FakeModel.message(pairs.shortWriter.written.get(1).getFirst()))
        .isEqualTo(UserMessage.of(chunk, pair.instruction()));
    assertThat(FakeModel.message(pairs.longWriter.written.getFirst().getFirst()))
        .isEqualTo(UserMessage.of(piece, pair.instruction()));
    assertThat(CharacterPrompts.text(pairs.scorer.scored.getFirst().getFirst()))
        .isEqualTo(UserMessage.of(chunk, pair.instruction()) + pair.chosen().text());
    assertThat(row.rejectedRopeTheta()).isEqualTo(FakePairs.THETA);
  }

  @Test
  void shouldTakeSeedsFromPieceAndPairAlone() {
    pairs.outcomes(TWO);
    SeedSequence seeds = new SeedSequence(pairs.settings().seed());
    List<Long> expected = new ArrayList<>();
    for (DocumentSpan piece : TWO) {
      for (int i = 0; i < 2; i++) {
        expected.add(seeds.forPair(piece.id(), i, SeedPurpose.REJECTED_ANSWER));
      }
    }
    assertThat(pairs.longWriter.written.getFirst())
        .extracting(WriteRequest::seed)
        .isEqualTo(expected);
  }

  @Test
  void shouldPassChosenAnswersAsDraftsOfRejectedOnes() {
    PairRow row = pairs.outcomes(TWO).getFirst().row().orElseThrow();
    assertThat(pairs.shortWriter.written)
        .allSatisfy(call -> assertThat(call).allMatch(request -> request.draft().isEmpty()));
    assertThat(pairs.longWriter.written.getFirst().getFirst().draft().orElseThrow())
        .isEqualTo(row.pairs().getFirst().chosen().tokens());
  }

  @Test
  void shouldMakeTheSameRowsWhateverTheGroup() {
    List<String> together = pairs.outcomes(TWO).stream().map(PieceOutcome::line).toList();
    List<String> apart =
        TWO.stream()
            .map(piece -> new FakePairs().outcomes(TWO.subList(TWO.indexOf(piece), TWO.size())))
            .map(outcomes -> outcomes.getFirst().line())
            .toList();
    assertThat(together).isEqualTo(apart);
  }

  @Test
  void shouldKeepIdsOfTheWriterAndNoteWhereTextWasEncoded() {
    pairs.longWriter =
        FakeModel.of(
            request -> Written.encoded("Only the text " + request.seed(), true, FakePairs.PROMPTS));
    Pair pair = pairs.outcomes(TWO).getFirst().row().orElseThrow().pairs().getFirst();
    assertThat(pair.chosen().tokensFrom()).isEqualTo(TokenOrigin.SAMPLED);
    assertThat(pair.rejected().tokensFrom()).isEqualTo(TokenOrigin.ENCODED);
    int[] ids = pair.rejected().tokens();
    assertThat(CharacterPrompts.text(ids)).isEqualTo(pair.rejected().text());
    assertThat(ids[ids.length - 1]).isEqualTo(CharacterPrompts.END);
    assertThat(pair.rejected().referenceShort()).hasSize(ids.length);
  }

  @Test
  void shouldAddLongReferencesWhereTheyAreWanted() {
    pairs.with("reference_long", true).outcomes(TWO);
    assertThat(pairs.scorer.scored).hasSize(4);
    assertThat(CharacterPrompts.text(pairs.scorer.scored.get(1).getFirst()).length())
        .isGreaterThan(FakePairs.LENGTH);
  }

  @Test
  void shouldAskForNoInstructionsThatAFileHas() {
    PairGenerator generator =
        pairs.generator(Optional.of(new InstructionFile(List.of("Why?", "Who?"))));
    generator.write(TWO, FakePairs.documents(), phase -> {}, Cancellation.NEVER);
    assertThat(pairs.shortWriter.written).hasSize(1);
    assertThat(FakeModel.message(pairs.shortWriter.written.getFirst().getFirst()))
        .containsAnyOf("Why?", "Who?");
  }

  @Test
  void shouldStopBetweenBatches() {
    PairGenerator generator = pairs.generator();
    assertThatThrownBy(
            () ->
                generator.write(
                    TWO,
                    FakePairs.documents(),
                    phase -> {},
                    () -> !pairs.shortWriter.written.isEmpty()))
        .isInstanceOf(CancelledException.class);
    assertThat(pairs.shortWriter.written).hasSize(1);
  }

  @Test
  void shouldCountTextsWhoseReasoningIsRemoved() {
    pairs.shortWriter = FakeModel.of(request -> reasoned(list(request), Reasoning.ENDED));
    PieceOutcome outcome = pairs.outcomes(TWO).getFirst();
    // Of both pairs the list and the chosen answer.
    assertThat(outcome.strippedReasoning()).isEqualTo(4);
  }

  /** What a model does so that its pairs are dropped, and the settings that it takes. */
  @ParameterizedTest
  @EnumSource(DropReason.class)
  void shouldDropPairsForEveryReasonAndSpendNoMoreOnThem(DropReason reason) {
    switch (reason) {
      case REASONING -> {
        pairs.with("reasoning", "drop");
        pairs.shortWriter = FakeModel.of(request -> reasoned(list(request), Reasoning.ENDED));
      }
      case REASONING_NOT_ENDED ->
          pairs.shortWriter = FakeModel.of(request -> reasoned("<think>", Reasoning.UNENDED));
      case UNPARSABLE_INSTRUCTIONS ->
          pairs.shortWriter = writing("What a lamp it is.", "The answer");
      case SHORT_INPUT_TOO_LONG -> {
        pairs.with("max_short_input_tokens", 128).with("instruction_tokens", 20);
        pairs.shortWriter = writing("1. " + "Why and why ".repeat(20), "The answer");
      }
      case LONG_INPUT_TOO_LONG -> pairs.with("max_long_input_tokens", FakePairs.LENGTH);
      case CHOSEN_NOT_ENDED -> {
        pairs.with("require_chosen_ended", true);
        pairs.shortWriter =
            FakeModel.of(request -> Written.encoded(list(request), false, FakePairs.PROMPTS));
      }
      case TOO_FEW_WORDS -> pairs.shortWriter = writing("1. What is it?", "No.");
      case REFUSAL -> pairs.shortWriter = writing("1. What is it?", "As an AI, I say nothing.");
      case REPETITIVE_CHOSEN ->
          pairs.shortWriter = writing("1. What is it?", "lamp ".repeat(99) + "keeper");
      case REPETITIVE_REJECTED -> pairs.longWriter = writing("", "lamp ".repeat(99) + "keeper");
      case IDENTICAL_ANSWERS -> {
        pairs.shortWriter = writing("1. What is it?", "The same answer");
        pairs.longWriter = writing("", "The same answer ");
      }
      case NOT_BETTER -> pairs.with("min_short_margin", 0.5);
      case DUPLICATE_PAIR -> pairs.shortWriter = writing("1. What is it?", "The same answer");
    }
    PieceOutcome outcome = pairs.outcomes(TWO).getFirst();
    int all = reason == DropReason.DUPLICATE_PAIR ? 1 : 2;
    assertThat(outcome.dropped().byReason()).isEqualTo(Map.of(reason, all));
    assertThat(outcome.row().isPresent()).isEqualTo(reason == DropReason.DUPLICATE_PAIR);
    assertThat(outcome.examples().of(reason)).isPresent();
    Set<DropReason> afterRejected =
        EnumSet.of(
            DropReason.REPETITIVE_REJECTED,
            DropReason.IDENTICAL_ANSWERS,
            DropReason.NOT_BETTER,
            DropReason.DUPLICATE_PAIR);
    Set<DropReason> afterScoring = EnumSet.of(DropReason.NOT_BETTER, DropReason.DUPLICATE_PAIR);
    assertThat(pairs.longWriter.written).hasSize(afterRejected.contains(reason) ? 1 : 0);
    assertThat(pairs.scorer.scored).hasSize(afterScoring.contains(reason) ? 2 : 0);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "5, 5", "0, 0"})
  void shouldRefuseWritersThatReturnFewerOrMoreAnswers(int returned, String said) {
    pairs.shortWriter = FakeModel.of(request -> FakeModel.sampled("1. Why?", FakePairs.PROMPTS));
    Writer wrong = new Miscounting(pairs.shortWriter, returned);
    PairGenerator generator =
        new PairGenerator(
            new PairModels(wrong, wrong, pairs.scorer, FakePairs.PROMPTS, 1),
            pairs.settings(),
            Optional.empty(),
            Progress.NONE);
    assertThatThrownBy(
            () -> generator.write(TWO, FakePairs.documents(), phase -> {}, Cancellation.NEVER))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "The writer fake returned "
                + said
                + " answers to 4 prompts; it must return one for"
                + " each");
  }

  @Test
  void shouldRefuseAnswersWithoutTokens() {
    pairs.shortWriter =
        FakeModel.of(request -> new Written("", "", TokenIds.sampled(), true, Reasoning.NONE, 0));
    assertThatThrownBy(() -> pairs.outcomes(TWO))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("The writer fake returned no tokens as answer 1 of 4");
  }

  /** Returns another number of answers than it was asked for. */
  private record Miscounting(Writer writer, int returned) implements Writer {
    @Override
    public String name() {
      return writer.name();
    }

    @Override
    public String fingerprint() {
      return writer.fingerprint();
    }

    @Override
    public List<Written> write(
        List<WriteRequest> requests, WriteSettings settings, Listener listener) {
      Written[] texts = new Written[returned];
      Arrays.fill(texts, writer.write(requests, settings, listener).getFirst());
      return List.of(texts);
    }
  }

  private static FakeModel writing(String list, String answer) {
    return FakeModel.of(
        request ->
            FakeModel.sampled(
                FakePairs.isListRequest(FakeModel.message(request)) ? list : answer,
                FakePairs.PROMPTS));
  }

  /** A list with one item, or an answer. */
  private static String list(WriteRequest request) {
    return FakePairs.isListRequest(FakeModel.message(request))
        ? "1. What of " + request.seed() + "?"
        : "The chosen answer " + request.seed();
  }

  private static Written reasoned(String text, Reasoning reasoning) {
    boolean isAnswer = reasoning == Reasoning.ENDED;
    return new Written(
        isAnswer ? text : "",
        "<think>" + text,
        isAnswer ? TokenIds.sampled(text.chars().toArray()) : TokenIds.sampled(),
        true,
        reasoning,
        9);
  }
}
