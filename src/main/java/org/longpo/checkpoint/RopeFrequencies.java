package org.longpo.checkpoint;

import java.util.OptionalDouble;

/**
 * The angular frequencies of a rotary position embedding: dimension pair i of a token at position p
 * is rotated by p * inverse[i] radians, and cosine and sine are multiplied by {@code
 * attentionFactor}.
 *
 * <p>Every step is rounded to 32 bits in the order in which transformers 5 rounds it ({@code
 * modeling_rope_utils.py}), so the results agree to the last bit except where torch's vectorised
 * power function is itself off by one unit in the last place.
 *
 * @param inverse inverse frequencies in radians per token, headDim / 2 of them
 * @param attentionFactor the factor on cosine and sine; 1 for most kinds
 */
public record RopeFrequencies(float[] inverse, double attentionFactor) {
  @SuppressWarnings("ArrayRecordComponent")
  public RopeFrequencies {
    inverse = inverse.clone();
  }

  /** A copy of the inverse frequencies. */
  @Override
  public float[] inverse() {
    return inverse.clone();
  }

  /** Whether the frequencies depend on the length of the whole sequence. */
  public static boolean dependsOnLength(RopeSettings settings) {
    return switch (settings.scaling()) {
      case RopeScaling.Dynamic _, RopeScaling.LongRope _ -> true;
      case RopeScaling.Default _, RopeScaling.Linear _, RopeScaling.Yarn _, RopeScaling.Llama3 _ ->
          false;
    };
  }

  /**
   * The frequencies for a sequence.
   *
   * @param settings base and scaling
   * @param headDim dimension of one head, even
   * @param maxPositionEmbeddings the model's context, in tokens
   * @param pathLength the final length of the sequence, in tokens; only dynamic and longrope use it
   */
  public static RopeFrequencies of(
      RopeSettings settings, int headDim, int maxPositionEmbeddings, int pathLength) {
    if (headDim <= 0 || headDim % 2 != 0) {
      throw new IllegalArgumentException("head dimension " + headDim + " is not positive and even");
    }
    float base = (float) settings.theta();
    return switch (settings.scaling()) {
      case RopeScaling.Default _ -> new RopeFrequencies(reciprocals(wavelengths(base, headDim)), 1);
      case RopeScaling.Linear linear -> linear(linear, wavelengths(base, headDim));
      case RopeScaling.Dynamic dynamic -> {
        float grown =
            grownBase(dynamic, settings.theta(), headDim, maxPositionEmbeddings, pathLength);
        yield new RopeFrequencies(reciprocals(wavelengths(grown, headDim)), 1);
      }
      case RopeScaling.Yarn yarn ->
          new RopeFrequencies(
              yarn(yarn, settings.theta(), wavelengths(base, headDim)), attentionFactor(yarn));
      case RopeScaling.Llama3 llama3 ->
          new RopeFrequencies(llama3(llama3, reciprocals(wavelengths(base, headDim))), 1);
      case RopeScaling.LongRope longRope ->
          longRope(longRope, wavelengths(base, headDim), pathLength);
    };
  }

  /** base^(2i / headDim): wavelengths over 2 pi. The power is rounded once, from 64 bits. */
  private static float[] wavelengths(float base, int headDim) {
    float[] wavelengths = new float[headDim / 2];
    for (int i = 0; i < wavelengths.length; i++) {
      float exponent = (float) (2 * i) / headDim;
      wavelengths[i] = (float) Math.pow(base, exponent);
    }
    return wavelengths;
  }

  private static float[] reciprocals(float[] values) {
    float[] reciprocals = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reciprocals[i] = 1f / values[i];
    }
    return reciprocals;
  }

  private static RopeFrequencies linear(RopeScaling.Linear linear, float[] wavelengths) {
    float[] inverse = reciprocals(wavelengths);
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] /= (float) linear.factor();
    }
    return new RopeFrequencies(inverse, 1);
  }

  /**
   * The base of dynamic NTK scaling: within the model's context 64-bit arithmetic on the numbers of
   * the configuration, beyond it 32-bit tensor arithmetic on the length.
   */
  private static float grownBase(
      RopeScaling.Dynamic dynamic,
      double theta,
      int headDim,
      int maxPositionEmbeddings,
      int pathLength) {
    double exponent = (double) headDim / (headDim - 2);
    double factor = dynamic.factor();
    if (pathLength <= maxPositionEmbeddings) {
      double growth = factor * maxPositionEmbeddings / maxPositionEmbeddings - (factor - 1);
      return (float) (theta * Math.pow(growth, exponent));
    }
    float stretched = (float) factor * pathLength;
    float growth = stretched / maxPositionEmbeddings - (float) (factor - 1);
    // In transformers only the exponent is a 64-bit number there.
    return (float) Math.pow(growth, exponent) * (float) theta;
  }

  /** YaRN, section 3.2: interpolated below the ramp, unchanged above it. */
  private static float[] yarn(RopeScaling.Yarn yarn, double theta, float[] wavelengths) {
    int dim = 2 * wavelengths.length;
    double low =
        correctionDimension(
            yarn.ramp().betaFast(), dim, theta, yarn.originalMaxPositionEmbeddings());
    double high =
        correctionDimension(
            yarn.ramp().betaSlow(), dim, theta, yarn.originalMaxPositionEmbeddings());
    if (yarn.ramp().truncate()) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, dim - 1);
    if (low == high) {
      high += 0.001; // The reference's guard against a division by zero.
    }
    float[] inverse = new float[wavelengths.length];
    for (int i = 0; i < inverse.length; i++) {
      float ramp = Math.clamp((i - (float) low) / (float) (high - low), 0f, 1f);
      float extrapolated = 1f / wavelengths[i];
      float interpolated = 1f / ((float) yarn.factor() * wavelengths[i]);
      float keep = 1 - ramp;
      inverse[i] = interpolated * (1 - keep) + extrapolated * keep;
    }
    return inverse;
  }

  /** The dimension that makes {@code rotations} full rotations within the original context. */
  private static double correctionDimension(
      double rotations, int dim, double theta, int originalContext) {
    return dim * Math.log(originalContext / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static double attentionFactor(RopeScaling.Yarn yarn) {
    if (yarn.magnitude().attentionFactor().isPresent()) {
      return yarn.magnitude().attentionFactor().getAsDouble();
    }
    double numerator = yarn.magnitude().mscale().orElse(0);
    double denominator = yarn.magnitude().mscaleAllDim().orElse(0);
    return numerator != 0 && denominator != 0
        ? magnitude(yarn.factor(), numerator) / magnitude(yarn.factor(), denominator)
        : magnitude(yarn.factor(), 1);
  }

  private static double magnitude(double factor, double coefficient) {
    return factor <= 1 ? 1 : 0.1 * coefficient * Math.log(factor) + 1;
  }

  /**
   * Llama 3.1: long wavelengths are stretched, short ones are kept, with a smooth transition
   * between.
   */
  private static float[] llama3(RopeScaling.Llama3 llama3, float[] unscaled) {
    int context = llama3.originalMaxPositionEmbeddings();
    float longest = (float) (context / llama3.lowFreqFactor());
    float shortest = (float) (context / llama3.highFreqFactor());
    float factor = (float) llama3.factor();
    float[] inverse = new float[unscaled.length];
    for (int i = 0; i < inverse.length; i++) {
      // torch divides a number by a tensor as reciprocal times number: two roundings.
      float wavelength = 1f / unscaled[i] * (float) (2 * Math.PI);
      if (wavelength > longest) {
        inverse[i] = unscaled[i] / factor;
      } else if (wavelength < shortest) {
        inverse[i] = unscaled[i];
      } else {
        float smooth =
            (1f / wavelength * context - (float) llama3.lowFreqFactor())
                / (float) (llama3.highFreqFactor() - llama3.lowFreqFactor());
        inverse[i] = (1 - smooth) * unscaled[i] / factor + smooth * unscaled[i];
      }
    }
    return inverse;
  }

  private static RopeFrequencies longRope(
      RopeScaling.LongRope longRope, float[] wavelengths, int pathLength) {
    boolean beyond = pathLength > longRope.originalMaxPositionEmbeddings();
    var divisors = beyond ? longRope.longFactor() : longRope.shortFactor();
    if (divisors.size() != wavelengths.length) {
      throw new IllegalArgumentException(
          divisors.size() + " longrope factors for " + wavelengths.length + " frequencies");
    }
    float[] inverse = new float[wavelengths.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1f / (divisors.get(i).floatValue() * wavelengths[i]);
    }
    return new RopeFrequencies(inverse, attentionFactor(longRope));
  }

  private static double attentionFactor(RopeScaling.LongRope longRope) {
    OptionalDouble given = longRope.attentionFactor();
    if (given.isPresent()) {
      return given.getAsDouble();
    }
    double factor = longRope.factor();
    return factor <= 1
        ? 1
        : Math.sqrt(1 + Math.log(factor) / Math.log(longRope.originalMaxPositionEmbeddings()));
  }
}
