package org.longpo.bench;

/**
 * What it took to answer instructions about documents.
 *
 * @param together whether all answers were one batch; otherwise each was a request of its own
 * @param seconds of every counted run: prefill and decoding
 * @param answersSha256 of the ids of all answers of the last run, by which two ways of answering
 *     are seen to write the same
 */
public record GenerationResult(
    GenerationCase generation,
    boolean together,
    double[] seconds,
    double medianSeconds,
    String answersSha256) {
  /** Generated tokens per second, prefill included. */
  public double tokensPerSecond() {
    return (double) generation.documents()
        * generation.answers()
        * generation.answerTokens()
        / medianSeconds;
  }
}
