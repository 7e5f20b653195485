package org.longpo.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.ValueType;

/**
 * A user's changes to a model's rotary position embedding. Where layers with sliding attention have
 * one of their own, as in Gemma 3, it stays as it is: their window does not grow with the context.
 *
 * @param theta another base; empty: the checkpoint's
 * @param scaling another scaling, a JSON object with the keys of config.json's {@code
 *     rope_scaling}; empty: the checkpoint's
 */
@Section("RoPE")
public record RopeOverride(
    @Option(
            name = "rope_theta",
            defaultText = "unchanged; train: that of the pairs' rejected answers",
            derivedBy = ThetaOfPairs.class,
            label = "THETA",
            meaning =
                "RoPE theta of the model (of its layers with full attention, where sliding ones have"
                    + " a theta of their own); where there is a reference as well (generate, train,"
                    + " evolve), of the policy alone, and written into the trained checkpoint. The"
                    + " paper has 1e7.")
        @Range(above = 1)
        Optional<Double> theta,
    @Option(
            name = "rope_scaling",
            defaultText = "as for --rope-theta",
            derivedBy = ScalingOfPairs.class,
            type = ScalingType.class,
            meaning =
                "RoPE scaling of the same model: pairs with the names of config.json, such as"
                    + " rope_type=yarn,factor=4, or a JSON object. Types: default (none), linear,"
                    + " dynamic, yarn, llama3, longrope.")
        Optional<String> scaling) {
  /** The name of the supplied position embedding that pairs' rejected answers were sampled with. */
  public static final String OF_PAIRS = "ropeOfPairs";

  /** A policy's theta where there are pairs. */
  static final class ThetaOfPairs implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied.find(OF_PAIRS, RopeOverride.class).flatMap(RopeOverride::theta);
    }
  }

  /** A policy's scaling where there are pairs. */
  static final class ScalingOfPairs implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied.find(OF_PAIRS, RopeOverride.class).flatMap(RopeOverride::scaling);
    }
  }

  /** Pairs or JSON; the record's constructor reads them. */
  static final class ScalingType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return new ValueType<>(
          "SCALING",
          "pairs such as rope_type=yarn,factor=4, or a JSON object",
          List.of(),
          ValueType.Shape.OBJECT,
          words -> words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty(),
          text -> text);
    }
  }

  /** The checkpoint's own position embedding. */
  public static final RopeOverride NONE = new RopeOverride(Optional.empty(), Optional.empty());

  private static final String SCALING_OPTION = "--rope-scaling";

  /**
   * Turns pairs into JSON.
   *
   * @throws org.longpo.error.UserError if a value makes no sense for any model
   */
  public RopeOverride {
    OptionChecks.require(RopeOverride.class, theta, scaling);
    scaling = scaling.map(text -> RopeScalingText.json(text, SCALING_OPTION));
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
