package org.longpo.training;

import java.util.Map;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.objective.Objective;
import org.longpo.settings.Option;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;

/**
 * A training run; options have Hugging Face's and TRL's names. The defaults are the paper's batch
 * of 8 documents, one epoch and its optimizer on our layout (a tree); the rest is ours.
 *
 * @param objective the loss and its own settings
 * @param sequences what sequences are read
 * @param optimizer optimizer, rate and schedule
 * @param steps how many steps there are, and what happens between them
 * @param policy what of the model is trained
 * @param validation evaluation during training
 * @param reproducibility seed and kernels
 */
@Section("Training")
public record TrainingSettings(
    @Option(
            defaultValue = "longpo",
            meaning =
                "What is trained for; solopo: a short preference, the long reward held equal;"
                    + " distill: token-level short-to-long self-distillation; opsdl: the same on"
                    + " answers that the model writes during training.")
        Objective objective,
    SequenceSettings sequences,
    OptimizerSettings optimizer,
    StepSettings steps,
    PolicySettings policy,
    ValidationSettings validation,
    Reproducibility reproducibility) {
  public TrainingSettings {
    if (sequences.layout() == SequenceLayout.CHAIN
        && objective.requirements().freshSamples().isPresent()) {
      throw new UserError(
          "The objective %s draws answers about the document alone, but layout chain lets the turns of a document follow each other; choose layout tree."
              .formatted(Variants.name(objective.getClass())));
    }
  }

  /** An objective with the defaults of everything else. */
  public static TrainingSettings defaults(Objective objective) {
    return OptionRecords.of(TrainingSettings.class, Map.of("objective", objective));
  }

  public RopeOverride rope() {
    return policy.rope();
  }

  public Tuning tuning() {
    return policy.tuning();
  }

  public long seed() {
    return reproducibility.seed();
  }

  /** Whether a whole model comes out, and not an adapter alone. */
  public boolean exportsModel() {
    return policy.exportsModel();
  }

  /** Every setting by its name in files and flags, in a fixed order. */
  public Map<String, Object> byName() {
    return OptionRecords.byName(this);
  }
}
