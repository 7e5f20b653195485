package org.longpo.engine;

/**
 * How the next token is drawn; what a user gives is checked where it comes in.
 *
 * @param temperature divides the logits; 0: always the most likely token (greedy)
 * @param topP nucleus: the smallest set of most likely tokens with at least this probability; 1:
 *     off
 * @param topK the number of most likely tokens that are kept; 0: off
 * @param minP tokens below this share of the most likely one's probability are left out; 0: off
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens seen before;
 *     1: off
 */
public record Sampling(
    double temperature, double topP, int topK, double minP, double repetitionPenalty) {
  public static Sampling greedy() {
    return new Sampling(0, 1, 0, 0, 1);
  }

  public static Sampling of(double temperature, double topP) {
    return new Sampling(temperature, topP, 0, 0, 1);
  }
}
