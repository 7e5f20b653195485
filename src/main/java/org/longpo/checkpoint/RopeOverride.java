package org.longpo.checkpoint;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/**
 * What a user changes about a model's rotary position embedding.
 *
 * @param theta another base; empty: the checkpoint's
 * @param scaling another scaling, a JSON object with the keys of config.json's {@code
 *     rope_scaling}; empty: the checkpoint's
 */
public record RopeOverride(Optional<Double> theta, Optional<String> scaling) {
  /** The checkpoint's own position embedding. */
  public static final RopeOverride NONE = new RopeOverride(Optional.empty(), Optional.empty());

  private static final String THETA_OPTION = "--rope-theta";
  private static final String SCALING_OPTION = "--rope-scaling";

  /**
   * Takes the options as they were given.
   *
   * @param scaling JSON, or pairs such as {@code rope_type=yarn,factor=4}
   * @throws UserError if a value makes no sense for any model
   */
  public static RopeOverride ofOptions(@Nullable Double theta, @Nullable String scaling) {
    if (theta != null && !(theta > 1 && Double.isFinite(theta))) {
      throw new UserError("%s is %s, expected a number above 1.".formatted(THETA_OPTION, theta));
    }
    return new RopeOverride(
        Optional.ofNullable(theta),
        Optional.ofNullable(scaling).map(text -> RopeScalingText.json(text, SCALING_OPTION)));
  }

  /** This where it says something, the other where not. */
  public RopeOverride or(RopeOverride other) {
    return new RopeOverride(theta.or(other::theta), scaling.or(other::scaling));
  }

  /**
   * The model with its position embedding changed.
   *
   * @throws UserError if the scaling does not suit the model
   */
  public ModelConfig applyTo(ModelConfig config) {
    RopeSettings own = config.rope();
    return config.withRope(
        new RopeSettings(
            theta.orElse(own.theta()),
            scaling
                .map(json -> RopeScalingText.parse(json, config, SCALING_OPTION))
                .orElse(own.scaling())));
  }
}
