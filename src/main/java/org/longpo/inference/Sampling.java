package org.longpo.inference;

import org.longpo.error.UserError;

/**
 * How the next token is drawn.
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
  public Sampling {
    require(temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, ">= 0");
    require(topP > 0 && topP <= 1, "top_p", topP, "in (0, 1]");
    require(topK >= 0, "top_k", topK, ">= 0");
    require(minP >= 0 && minP <= 1, "min_p", minP, "in [0, 1]");
    require(repetitionPenalty > 0, "repetition_penalty", repetitionPenalty, "> 0");
  }

  public static Sampling greedy() {
    return new Sampling(0, 1, 0, 0, 1);
  }

  public static Sampling of(double temperature, double topP) {
    return new Sampling(temperature, topP, 0, 0, 1);
  }

  private static void require(boolean valid, String name, double value, String expected) {
    if (!valid) {
      throw new UserError(name + " is " + value + ", it must be " + expected + ".");
    }
  }
}
