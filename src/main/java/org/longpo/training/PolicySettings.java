package org.longpo.training;

import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.Tuning;

/**
 * What of the model is trained, and how it differs from the checkpoint that it starts from.
 *
 * @param rope position embedding of the policy; the exported configuration has it
 * @param tuning which weights are trained
 */
public record PolicySettings(RopeOverride rope, Tuning tuning) {
  /** Whether a whole model comes out, and not an adapter alone. */
  boolean exportsModel() {
    return tuning.lora().map(LoraSettings::mergeAdapter).orElse(true);
  }
}
