package org.longpo.pairs;

import org.longpo.engine.Sampling;

/**
 * How a kind of text is sampled.
 *
 * @param temperature divides the logits; 0: greedy, {@code do_sample=false} of Hugging Face
 * @param topP nucleus; 1: off
 * @param maxNewTokens limit in tokens, the end token included
 */
public record SamplingSettings(double temperature, double topP, int maxNewTokens) {
  /** As the engine wants it. */
  public Sampling sampling() {
    return Sampling.of(temperature, topP);
  }
}
