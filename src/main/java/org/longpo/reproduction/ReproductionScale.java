package org.longpo.reproduction;

import java.util.List;

/**
 * How much work a reproduction is.
 *
 * @param rounds of the headline arms, each longer than the one before
 * @param seeds of documents, pairs and training
 * @param others arms of the first round, with all seeds
 * @param sweeps arms of the first round, with the first seed
 * @param rates learning rates that every arm chooses from
 * @param textQuestions of every task about texts and length
 * @param skillQuestions of every skill without a text
 */
record ReproductionScale(
    List<Round> rounds,
    List<Long> seeds,
    List<Arm> others,
    List<Arm> sweeps,
    List<Double> rates,
    int textQuestions,
    int skillQuestions) {
  /** Of an answer at most. */
  static final int ANSWER_TOKENS = 32;

  /**
   * @param lengthTokens of the documents
   * @param documents that pairs are made of
   */
  record Round(int lengthTokens, int documents) {}

  /** All arms and seeds. */
  static ReproductionScale full() {
    return new ReproductionScale(
        List.of(new Round(512, 240), new Round(1024, 160), new Round(2048, 120)),
        List.of(1L, 2L, 3L),
        Arms.OTHERS,
        Arms.SWEEPS,
        List.of(1e-4, 3e-4, 1e-3),
        8,
        40);
  }

  /** The headline arms with one seed, in two rounds. */
  static ReproductionScale quick() {
    return new ReproductionScale(
        List.of(new Round(512, 160), new Round(1024, 80)),
        List.of(1L),
        List.of(),
        List.of(),
        List.of(1e-4, 3e-4, 1e-3),
        8,
        40);
  }

  /** The longest documents of all rounds, in tokens. */
  int longest() {
    return rounds.getLast().lengthTokens();
  }
}
