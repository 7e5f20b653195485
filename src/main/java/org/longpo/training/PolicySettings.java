package org.longpo.training;

import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.settings.Option;

/**
 * What of the model is trained, and how it differs from the checkpoint that it starts from.
 *
 * @param rope position embedding of the policy; the exported configuration has it
 * @param tuning which weights are trained
 * @param mergeAdapter whether the trained checkpoint is the model with LoRA's adapter merged into
 *     it, and not the adapter alone
 */
public record PolicySettings(
    RopeOverride rope,
    Tuning tuning,
    @Option(
            defaultValue = "true",
            meaning =
                "With lora_r: whether RUN/model, with the adapter merged into it, is written beside"
                    + " RUN/adapter.")
        boolean mergeAdapter) {
  public PolicySettings {
    if (!mergeAdapter && tuning.lora().isEmpty()) {
      throw new UserError(
          "merge_adapter is false, but without lora_r there is no adapter: leave it out, or give"
              + " lora_r.");
    }
  }

  /** Whether a whole model comes out, and not an adapter alone. */
  boolean exportsModel() {
    return tuning.lora().isEmpty() || mergeAdapter;
  }
}
