package org.longpo.tiny;

import org.longpo.error.UserError;

/**
 * What decides the tiny model.
 *
 * @param world that the model knows
 * @param steps of learning in all
 * @param learningRate peak of AdamW's rate
 * @param seed of the text, the weights and the order of everything
 */
public record MakeTinySettings(TinyWorld world, int steps, double learningRate, long seed) {
  public MakeTinySettings {
    if (steps < 1) {
      throw new UserError("steps is " + steps + ", it must be 1 or more.");
    }
  }

  /** The recipe of a world, over more or fewer steps. */
  public static MakeTinySettings ofSteps(TinyWorld world, int steps, long seed) {
    return new MakeTinySettings(world, steps, world.recipe().learningRate(), seed);
  }
}
