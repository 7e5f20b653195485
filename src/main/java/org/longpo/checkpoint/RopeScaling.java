package org.longpo.checkpoint;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How a model's rotary frequencies are scaled to longer contexts, with the names of Hugging Face's
 * {@code rope_parameters}. What the configuration does not state is filled in already.
 */
public sealed interface RopeScaling {
  /** The {@code rope_type} in config.json. */
  String configName();

  /** The frequencies of RoFormer, unscaled. */
  record Default() implements RopeScaling {
    @Override
    public String configName() {
      return "default";
    }
  }

  /**
   * All frequencies divided by {@code factor} (position interpolation).
   *
   * @param factor how many times longer the context becomes
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public String configName() {
      return "linear";
    }
  }

  /**
   * NTK-aware scaling whose base grows with the length of the sequence beyond the model's maximum.
   *
   * @param factor the strength of the growth
   */
  record Dynamic(double factor) implements RopeScaling {
    @Override
    public String configName() {
      return "dynamic";
    }
  }

  /**
   * YaRN: high frequencies are kept, low ones are interpolated, with a ramp between.
   *
   * @param factor how many times longer the context becomes
   * @param originalMaxPositionEmbeddings the context before scaling, in tokens
   */
  record Yarn(double factor, int originalMaxPositionEmbeddings, Ramp ramp, Magnitude magnitude)
      implements RopeScaling {
    /**
     * Which frequencies are kept, and which are interpolated.
     *
     * @param betaFast rotations within the original context above which a dimension is kept
     * @param betaSlow rotations within the original context below which a dimension is interpolated
     * @param truncate whether the ramp's ends are rounded to whole dimensions
     */
    record Ramp(double betaFast, double betaSlow, boolean truncate) {}

    /**
     * The factor of cosine and sine.
     *
     * @param attentionFactor the factor itself; empty: derived from the scaling's factor and mscale
     * @param mscale numerator's coefficient of the derived factor
     * @param mscaleAllDim denominator's coefficient of the derived factor
     */
    record Magnitude(
        OptionalDouble attentionFactor, OptionalDouble mscale, OptionalDouble mscaleAllDim) {}

    @Override
    public String configName() {
      return "yarn";
    }
  }

  /**
   * Llama 3.1's rule: long wavelengths are divided by {@code factor}, short ones are kept.
   *
   * @param factor how many times longer the context becomes
   * @param lowFreqFactor wavelengths above context / lowFreqFactor are scaled
   * @param highFreqFactor wavelengths below context / highFreqFactor are kept
   * @param originalMaxPositionEmbeddings the context before scaling, in tokens
   */
  record Llama3(
      double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositionEmbeddings)
      implements RopeScaling {
    @Override
    public String configName() {
      return "llama3";
    }
  }

  /**
   * LongRoPE: one searched factor per frequency, one set for short and one for long sequences.
   *
   * @param shortFactor divisors up to the original context, headDim / 2 of them
   * @param longFactor divisors beyond it, headDim / 2 of them
   * @param factor how many times longer the context becomes; gives the attention factor
   * @param originalMaxPositionEmbeddings the context before scaling, in tokens
   * @param attentionFactor the factor on cosine and sine; empty: derived from factor
   */
  record LongRope(
      List<Double> shortFactor,
      List<Double> longFactor,
      double factor,
      int originalMaxPositionEmbeddings,
      OptionalDouble attentionFactor)
      implements RopeScaling {
    public LongRope {
      shortFactor = List.copyOf(shortFactor);
      longFactor = List.copyOf(longFactor);
    }

    @Override
    public String configName() {
      return "longrope";
    }
  }
}
