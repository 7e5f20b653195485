package org.longpo.tiny;

/**
 * How much work a demonstration is.
 *
 * @param lengthTokens of the last round and of the documents
 * @param documentsPerRound pieces of the round's length that pairs are made of
 * @param epochs passes over a round's pairs
 * @param haystacks of every length
 */
public record DemoScale(
    int lengthTokens,
    int documentsPerRound,
    int pairsPerDocument,
    int documentsPerStep,
    int epochs,
    double learningRate,
    int haystacks,
    int questionsPerHaystack) {
  /** Some are held out for evaluation, and some give fewer pieces than they have room for. */
  int documents() {
    return documentsPerRound + documentsPerRound / 4;
  }

  /** Eight times the window, in minutes on two cores. */
  public static DemoScale full() {
    return new DemoScale(8 * TinyShape.WINDOW, 240, 8, 4, 2, 1e-3, 40, 10);
  }

  /** The same with less of everything, in two minutes: enough to see that it works. */
  static DemoScale small() {
    return new DemoScale(8 * TinyShape.WINDOW, 60, 8, 4, 1, 2e-3, 8, 10);
  }
}
