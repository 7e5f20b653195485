package org.longpo.tiny;

import org.longpo.error.UserError;

/**
 * What decides the tiny model.
 *
 * @param steps of learning in all
 * @param learningRate peak of AdamW's rate
 * @param seed of the text, the weights and the order of everything
 */
public record MakeTinySettings(int steps, double learningRate, long seed) {
  public MakeTinySettings {
    if (steps < 1) {
      throw new UserError("steps is " + steps + ", it must be 1 or more.");
    }
  }

  /** The recipe of the embedded model, over more or fewer steps. */
  public static MakeTinySettings ofSteps(int steps, long seed) {
    return new MakeTinySettings(steps, 1e-3, seed);
  }
}
