package org.longpo.pipeline;

import org.longpo.pairs.GenerateSettings;
import org.longpo.training.TrainingSettings;

/** A round: its length is that of the pieces that pairs are made from. */
public record RoundSettings(GenerateSettings generate, TrainingSettings train) {
  public int lengthTokens() {
    return generate.lengthTokens();
  }
}
