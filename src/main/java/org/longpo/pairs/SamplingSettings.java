package org.longpo.pairs;

import org.longpo.engine.Sampling;
import org.longpo.error.UserError;

/**
 * How a kind of text is sampled, with Hugging Face's names.
 *
 * @param temperature divides the logits; 0: greedy, {@code do_sample=false} there
 * @param topP nucleus; 1: off
 * @param topK most likely tokens that stay; 0: off
 * @param maxNewTokens limit in tokens, the end token included
 */
public record SamplingSettings(double temperature, double topP, int topK, int maxNewTokens) {
  public SamplingSettings {
    if (maxNewTokens < 1) {
      throw new UserError("max_new_tokens is " + maxNewTokens + ", it must be 1 or more.");
    }
    // Checks the rest.
    sampling(temperature, topP, topK);
  }

  /** The same with another limit. */
  public SamplingSettings withMaxNewTokens(int tokens) {
    return new SamplingSettings(temperature, topP, topK, tokens);
  }

  /** As the engine wants it. */
  public Sampling sampling() {
    return sampling(temperature, topP, topK);
  }

  private static Sampling sampling(double temperature, double topP, int topK) {
    return new Sampling(temperature, topP, topK, 0, 1);
  }
}
