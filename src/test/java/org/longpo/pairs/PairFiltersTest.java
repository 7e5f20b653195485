package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.documents.ChunkSpan;
import org.longpo.inference.TokenOrigin;
import org.longpo.settings.OptionRecords;

class PairFiltersTest {
  private static final String GOOD = "The hound was painted with phosphorus.";

  private final PairFilters filters = new PairFilters(FilterSettings.defaults());

  private static Answer answer(String text, double... reference) {
    int[] tokens = IntStream.range(0, reference.length).map(i -> text.hashCode() >>> 8).toArray();
    return new Answer(text, tokens, TokenOrigin.SAMPLED, true, reference, Optional.empty());
  }

  private static Pair pair(Answer chosen, Answer rejected) {
    return new Pair(new ChunkSpan(0, 10, 3), "Why?", chosen, rejected);
  }

  /** So many words of which so many are different. */
  private static String words(int count, int different) {
    return IntStream.range(0, count)
        .mapToObj(i -> "wort" + Math.min(i, different - 1))
        .collect(Collectors.joining(" "));
  }

  @Test
  void shouldKeepGoodPair() {
    Pair good = pair(answer(GOOD, -1), answer("It was a real ghost.", -1));
    assertThat(filters.checkPair(good, List.of())).isEmpty();
  }

  @Test
  void shouldDropInputsAboveTheirLimits() {
    FilterSettings defaults = FilterSettings.defaults();
    assertThat(filters.checkInputs(32_768, Integer.MAX_VALUE)).isEmpty();
    assertThat(filters.checkInputs(32_769, 1)).contains(DropReason.SHORT_INPUT_TOO_LONG);
    PairFilters limited =
        new PairFilters(
            filters(Map.of("max_short_input_tokens", 10, "max_long_input_tokens", 100)));
    assertThat(limited.checkInputs(10, 100)).isEmpty();
    assertThat(limited.checkInputs(10, 101)).contains(DropReason.LONG_INPUT_TOO_LONG);
    assertThat(defaults.lengths().maxLongInputTokens()).isEmpty();
  }

  @Test
  void shouldDropRepetitionAboveTheShareButNotAtIt() {
    assertThat(filters.checkChosen(words(100, 10), true)).isEmpty();
    assertThat(filters.checkChosen(words(100, 9), true)).contains(DropReason.REPETITIVE_CHOSEN);
    assertThat(filters.checkRejected(words(100, 5))).isEmpty();
    assertThat(filters.checkRejected(words(100, 4))).contains(DropReason.REPETITIVE_REJECTED);
  }

  @Test
  void shouldCountWordsWithoutRegardToCase() {
    assertThat(WordStatistics.repeatedShare("Der der DER Hund")).isEqualTo(0.5);
    assertThat(WordStatistics.repeatedShare("?!")).isZero();
  }

  @Test
  void shouldDropFewerThanTwoWordsOfThreeLetters() {
    assertThat(filters.checkChosen("two ewe", true)).isEmpty();
    assertThat(filters.checkChosen("two as is 1234", true)).contains(DropReason.TOO_FEW_WORDS);
    assertThat(filters.checkChosen("", true)).contains(DropReason.TOO_FEW_WORDS);
    assertThat(filters.checkRejected("")).contains(DropReason.TOO_FEW_WORDS);
    assertThat(filters.checkRejected("no")).contains(DropReason.TOO_FEW_WORDS);
    // A letter with a combining mark is one letter.
    assertThat(WordStatistics.longWords("a\u0308b ne\u0301e")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but the text does not say so.",
        "I’M SORRY, BUT the text does not say so.",
        "Well. As an  AI\nlanguage model I have no view.",
        "As an AI, I have no view of it.",
        "Unfortunately, I cannot answer that question.",
        "**Answer:** I am afraid I can't help with this.",
        "Sorry, but I am unable to say."
      })
  void shouldDropRefusals(String refusal) {
    assertThat(filters.checkChosen(refusal, true)).contains(DropReason.REFUSAL);
    assertThat(filters.checkRejected(refusal)).contains(DropReason.REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "As an aide to the general he carried letters.",
        "As an airline pilot she had seen the coast.",
        "As an AI-powered camera it saw the garden at night.",
        "\"I cannot answer,\" says Lucy, and leaves the room.",
        "“I'm sorry, but no,” he wrote to her.",
        "Her reply was short: I cannot answer.",
        "She worked as an aide. As an AI would, it repeats itself.",
        "I'm sorry that the garden is gone, says the sailor.",
      })
  void shouldKeepAnswersThatAreNoRefusals(String answer) {
    assertThat(filters.checkChosen(answer, true)).isEmpty();
    assertThat(filters.checkRejected(answer)).isEmpty();
  }

  @Test
  void shouldKeepRejectedRefusalsIfTold() {
    PairFilters lenient =
        new PairFilters(
            filters(
                Map.of(
                    "refusal_phrases",
                    List.of("i cannot answer"),
                    "drop_rejected_refusals",
                    false)));
    assertThat(lenient.checkRejected("I cannot answer that.")).isEmpty();
    assertThat(lenient.checkChosen("I cannot answer that.", true)).contains(DropReason.REFUSAL);
  }

  @Test
  void shouldDropUnendedChosenAnswerOnlyIfTold() {
    assertThat(filters.checkChosen(GOOD, false)).isEmpty();
    PairFilters strict = new PairFilters(filters(Map.of("require_chosen_ended", true)));
    assertThat(strict.checkChosen(GOOD, false)).contains(DropReason.CHOSEN_NOT_ENDED);
    assertThat(strict.checkChosen(GOOD, true)).isEmpty();
  }

  @Test
  void shouldDropIdenticalAnswers() {
    assertThat(filters.checkPair(pair(answer(GOOD, -1), answer(GOOD + " \n", -2, -1)), List.of()))
        .contains(DropReason.IDENTICAL_ANSWERS);
  }

  @Test
  void shouldDropPairWhoseChosenAnswerIsNotLikelierByTheMargin() {
    PairFilters strict = new PairFilters(filters(Map.of("min_short_margin", 0.5)));
    Answer chosen = answer(GOOD, -1, -2);
    // Means of -1.5 against -2 and against -1.75: halves and quarters are exact.
    assertThat(strict.checkPair(pair(chosen, answer("Quite another one.", -2)), List.of()))
        .isEmpty();
    assertThat(strict.checkPair(pair(chosen, answer("Quite another one.", -1.75)), List.of()))
        .contains(DropReason.NOT_BETTER);
  }

  @Test
  void shouldDropSecondPairOfEqualInstructionAndChosenAnswer() {
    Pair first = pair(answer(GOOD, -1), answer("It was a real ghost.", -1));
    Pair second = pair(answer(GOOD, -1), answer("It was a real wolf.", -1));
    Pair third = pair(answer("Another answer.", -1), answer("It was a real wolf.", -1));
    assertThat(filters.checkPair(second, List.of(first))).contains(DropReason.DUPLICATE_PAIR);
    assertThat(filters.checkPair(third, List.of(first, second))).isEmpty();
  }

  private static FilterSettings filters(Map<String, ?> options) {
    return OptionRecords.of(FilterSettings.class, options);
  }
}
