package org.longpo.checkpoint;

import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;

/**
 * Reads {@link RopeSettings} from config.json in either spelling: {@code rope_theta} beside {@code
 * rope_scaling}, or both inside {@code rope_parameters}.
 *
 * <p>Precedence and defaults are those of transformers 5 ({@code modeling_rope_utils.py}): a {@code
 * rope_scaling} that is not empty wins over {@code rope_parameters}, a theta inside wins over the
 * one outside, the one outside over 10,000; {@code rope_type} wins over the older {@code type}; an
 * {@code original_max_position_embeddings} outside wins over the one inside.
 */
public final class RopeConfig {
  static final double DEFAULT_THETA = 10_000;

  static final List<String> TYPES =
      List.of("default", "linear", "dynamic", "yarn", "llama3", "longrope");

  private static final String ORIGINAL = "original_max_position_embeddings";

  private RopeConfig() {}

  /**
   * Reads the settings of a model.
   *
   * @param config the whole config.json
   * @param headDim dimension of one attention head
   * @param maxPositionEmbeddings the model's context, in tokens
   */
  public static RopeSettings read(ConfigObject config, int headDim, int maxPositionEmbeddings) {
    Optional<ConfigObject> parameters =
        config.nonEmptyObject("rope_scaling").or(() -> config.nonEmptyObject("rope_parameters"));
    double theta =
        parameters
            .filter(rope -> rope.has("rope_theta"))
            .orElse(config)
            .doubleOr("rope_theta", DEFAULT_THETA);
    if (!(theta > 1)) {
      throw new UserError(
          "%s: rope_theta is %s, expected a number above 1.".formatted(config.where(), theta));
    }
    rejectPartialRotation(config);
    RopeScaling scaling =
        parameters
            .map(rope -> scaling(rope, config, headDim, maxPositionEmbeddings))
            .orElseGet(RopeScaling.Default::new);
    return new RopeSettings(theta, scaling);
  }

  /** Reads one block; what it does not state comes from {@code config} around it. */
  static RopeScaling scaling(
      ConfigObject rope, ConfigObject config, int headDim, int maxPositionEmbeddings) {
    for (LayerType type : LayerType.values()) {
      if (rope.has(type.configName())) {
        throw new UserError(
            rope.where() + " gives every layer type settings of its own, which is not supported.");
      }
    }
    rejectPartialRotation(rope);
    String type =
        rope.nullableString(rope.has("rope_type") ? "rope_type" : "type").orElse("default");
    return switch (type) {
      case "default" -> new RopeScaling.Default();
      case "linear" -> new RopeScaling.Linear(positive(rope, "factor"));
      case "dynamic" -> dynamic(rope, headDim);
      case "yarn" -> yarn(rope, config, maxPositionEmbeddings);
      case "llama3" ->
          new RopeScaling.Llama3(
              positive(rope, "factor"),
              positive(rope, "low_freq_factor"),
              positive(rope, "high_freq_factor"),
              original(rope, config, maxPositionEmbeddings));
      case "longrope" -> longRope(rope, config, headDim, maxPositionEmbeddings);
      default ->
          throw new UserError(
              "%s: the RoPE type %s is not supported, only %s."
                  .formatted(rope.where(), type, String.join(", ", TYPES)));
    };
  }

  private static RopeScaling.Dynamic dynamic(ConfigObject rope, int headDim) {
    if (headDim == 2) {
      throw new UserError(
          rope.where() + " is dynamic, whose formula has no value for a head dimension of 2.");
    }
    return new RopeScaling.Dynamic(positive(rope, "factor"));
  }

  private static RopeScaling.Yarn yarn(
      ConfigObject rope, ConfigObject config, int maxPositionEmbeddings) {
    int original = original(rope, config, maxPositionEmbeddings);
    double factor =
        rope.has("factor") && rope.lacks("factor")
            ? (double) maxPositionEmbeddings / original
            : positive(rope, "factor");
    return new RopeScaling.Yarn(
        factor,
        original,
        new RopeScaling.Yarn.Ramp(
            zeroMeans(rope.nullableDouble("beta_fast").orElse(0), 32),
            zeroMeans(rope.nullableDouble("beta_slow").orElse(0), 1),
            rope.booleanOr("truncate", true)),
        new RopeScaling.Yarn.Magnitude(
            rope.nullableDouble("attention_factor"),
            rope.nullableDouble("mscale"),
            rope.nullableDouble("mscale_all_dim")));
  }

  private static RopeScaling.LongRope longRope(
      ConfigObject rope, ConfigObject config, int headDim, int maxPositionEmbeddings) {
    int original = original(rope, config, maxPositionEmbeddings);
    return new RopeScaling.LongRope(
        divisors(rope, "short_factor", headDim / 2),
        divisors(rope, "long_factor", headDim / 2),
        rope.nullableDouble("factor").orElse((double) maxPositionEmbeddings / original),
        original,
        rope.nullableDouble("attention_factor"));
  }

  private static List<Double> divisors(ConfigObject rope, String key, int expected) {
    List<Double> values = rope.requiredDoubles(key);
    if (values.size() != expected) {
      throw new UserError(
          "%s: %s has %d numbers, expected one per frequency, %d."
              .formatted(rope.where(), key, values.size(), expected));
    }
    return values;
  }

  private static int original(ConfigObject rope, ConfigObject config, int maxPositionEmbeddings) {
    return config.has(ORIGINAL)
        ? config.positiveOr(ORIGINAL, maxPositionEmbeddings)
        : rope.positiveOr(ORIGINAL, maxPositionEmbeddings);
  }

  private static double positive(ConfigObject rope, String key) {
    double value = rope.requiredDouble(key);
    if (!(value > 0)) {
      throw new UserError(
          "%s: %s is %s, expected a positive number.".formatted(rope.where(), key, value));
    }
    return value;
  }

  /** Python's {@code value or default}. */
  private static double zeroMeans(double value, double ifZero) {
    return value == 0 ? ifZero : value;
  }

  private static void rejectPartialRotation(ConfigObject object) {
    double factor = object.nullableDouble("partial_rotary_factor").orElse(1);
    if (factor != 1) {
      throw new UserError(
          "%s: partial_rotary_factor is %s; only models that rotate whole heads are supported."
              .formatted(object.where(), factor));
    }
  }
}
