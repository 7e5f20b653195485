package org.longpo.tiny;

import java.util.List;

/**
 * How much work a demonstration is.
 *
 * @param rounds each longer than the one before
 * @param haystacks of every length
 */
public record DemoScale(
    List<Round> rounds,
    int pairsPerDocument,
    int documentsPerStep,
    int haystacks,
    int questionsPerHaystack) {
  public DemoScale {
    rounds = List.copyOf(rounds);
  }

  /**
   * One round.
   *
   * @param lengthTokens that are learned
   * @param documents pieces of at most that length that pairs are made of
   */
  record Round(int lengthTokens, int documents, double learningRate) {}

  /** Tokens of the last round, and of most documents. */
  public int lengthTokens() {
    return rounds.getLast().lengthTokens();
  }

  /** Documents to write: a tenth is held out for evaluation, the rest is to spare. */
  int documents() {
    int most = rounds.stream().mapToInt(Round::documents).max().orElseThrow();
    return most + most / 4;
  }

  /**
   * Eight times the window, in minutes on two cores. The first round is a short one: a longer one
   * makes the model forget how to write the questions of the second.
   */
  public static DemoScale full() {
    return new DemoScale(
        List.of(
            new Round(4 * TinyShape.WINDOW, 120, 1e-3),
            new Round(8 * TinyShape.WINDOW, 620, 1.5e-3)),
        12,
        4,
        40,
        10);
  }
}
