package org.longpo.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides which pairs are kept. Pure; the first reason that applies is the one that counts. */
public final class PairFilters {
  private final FilterSettings settings;
  private final Refusals refusals;

  public PairFilters(FilterSettings settings) {
    this.settings = settings;
    this.refusals = new Refusals(settings.refusals().refusalPhrases());
  }

  /** Checks the inputs, before anything is sampled; lengths in tokens, template included. */
  public Optional<DropReason> checkInputs(int shortInputTokens, int longInputTokens) {
    if (shortInputTokens > settings.lengths().maxShortInputTokens()) {
      return Optional.of(DropReason.SHORT_INPUT_TOO_LONG);
    }
    return settings
        .lengths()
        .maxLongInputTokens()
        .filter(limit -> longInputTokens > limit)
        .map(limit -> DropReason.LONG_INPUT_TOO_LONG);
  }

  /**
   * Checks the chosen answer alone, before the document is read for the rejected one.
   *
   * @param ended whether the model ended it
   */
  public Optional<DropReason> checkChosen(String text, boolean ended) {
    if (settings.lengths().requireChosenEnded() && !ended) {
      return Optional.of(DropReason.CHOSEN_NOT_ENDED);
    }
    if (WordStatistics.longWords(text) < settings.lengths().minWords()) {
      return Optional.of(DropReason.TOO_FEW_WORDS);
    }
    if (refusals.isRefusal(text)) {
      return Optional.of(DropReason.REFUSAL);
    }
    if (WordStatistics.repeatedShare(text) > settings.maxChosenRepetition()) {
      return Optional.of(DropReason.REPETITIVE_CHOSEN);
    }
    return Optional.empty();
  }

  /** Checks the rejected answer alone, before its log-probabilities are read. */
  public Optional<DropReason> checkRejected(String text) {
    if (WordStatistics.longWords(text) < settings.lengths().minWords()) {
      return Optional.of(DropReason.TOO_FEW_WORDS);
    }
    if (settings.refusals().dropRejectedRefusals() && refusals.isRefusal(text)) {
      return Optional.of(DropReason.REFUSAL);
    }
    if (WordStatistics.repeatedShare(text) > settings.maxRejectedRepetition()) {
      return Optional.of(DropReason.REPETITIVE_REJECTED);
    }
    return Optional.empty();
  }

  /** Checks that the answers are two, before their log-probabilities are read. */
  public Optional<DropReason> checkDifferent(
      int[] chosenTokens, String chosen, int[] rejectedTokens, String rejected) {
    return when(
        Arrays.equals(chosenTokens, rejectedTokens) || chosen.strip().equals(rejected.strip()),
        DropReason.IDENTICAL_ANSWERS);
  }

  /**
   * Checks a whole pair: everything that its answers alone show, and how they compare.
   *
   * @param earlier pairs of the same document that were kept
   */
  public Optional<DropReason> checkPair(Pair pair, List<Pair> earlier) {
    Answer chosen = pair.chosen();
    Answer rejected = pair.rejected();
    return checkChosen(chosen.text(), chosen.ended())
        .or(() -> checkRejected(rejected.text()))
        .or(
            () ->
                checkDifferent(chosen.tokens(), chosen.text(), rejected.tokens(), rejected.text()))
        .or(() -> when(!isBetter(chosen, rejected), DropReason.NOT_BETTER))
        .or(() -> when(isDuplicate(pair, earlier), DropReason.DUPLICATE_PAIR));
  }

  private boolean isBetter(Answer chosen, Answer rejected) {
    return settings
        .minShortMargin()
        .map(margin -> mean(chosen.referenceShort()) - mean(rejected.referenceShort()) >= margin)
        .orElse(true);
  }

  private static boolean isDuplicate(Pair pair, List<Pair> earlier) {
    return earlier.stream()
        .anyMatch(
            other ->
                other.instruction().equals(pair.instruction())
                    && other.chosen().text().strip().equals(pair.chosen().text().strip()));
  }

  private static Optional<DropReason> when(boolean applies, DropReason reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
