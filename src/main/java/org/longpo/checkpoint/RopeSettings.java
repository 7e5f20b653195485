package org.longpo.checkpoint;

/**
 * Everything that defines a model's rotary position embedding besides its head dimension.
 *
 * @param theta the base of the wavelengths
 * @param scaling how the frequencies are scaled
 */
public record RopeSettings(double theta, RopeScaling scaling) {
  public RopeSettings {
    if (!(theta > 1) || Double.isInfinite(theta)) {
      throw new IllegalArgumentException("rope theta must be above 1, not " + theta);
    }
  }

  /** Unscaled frequencies. */
  public static RopeSettings unscaled(double theta) {
    return new RopeSettings(theta, new RopeScaling.Default());
  }
}
