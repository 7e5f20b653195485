package org.longpo.checkpoint;

import java.util.Locale;
import java.util.Optional;

/** The length of context that a model's position embedding is made for. */
public final class RopeReach {
  private RopeReach() {}

  /** Tokens: {@code max_position_embeddings}, or the context to which its scaling extends it. */
  public static long tokens(ModelConfig config) {
    long stated = config.maxPositionEmbeddings();
    return switch (config.rope().scaling()) {
      case RopeScaling.Default _ -> stated;
      // These two do not change max_position_embeddings, but in families that say so.
      case RopeScaling.Linear linear ->
          config.family().statesScaledContext() ? stated : Math.round(stated * linear.factor());
      case RopeScaling.Dynamic dynamic -> Math.round(stated * dynamic.factor());
      case RopeScaling.Yarn yarn ->
          Math.max(stated, stretched(yarn.originalMaxPositionEmbeddings(), yarn.factor()));
      case RopeScaling.Llama3 llama ->
          Math.max(stated, stretched(llama.originalMaxPositionEmbeddings(), llama.factor()));
      case RopeScaling.LongRope longRope ->
          Math.max(stated, stretched(longRope.originalMaxPositionEmbeddings(), longRope.factor()));
    };
  }

  private static long stretched(int original, double factor) {
    return Math.round(original * factor);
  }

  /**
   * A warning where a length is beyond that and the position embedding was not changed.
   *
   * @param model the name of the model in the warning
   * @param change the change of the configuration's position embedding
   */
  public static Optional<String> warning(
      String model, ModelConfig config, RopeOverride change, long tokens) {
    long reach = tokens(config);
    if (tokens <= reach || !change.equals(RopeOverride.NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d tokens are more than the %,d that positions of %s are made for"
                + " (max_position_embeddings %,d%s): it was not trained on positions beyond that;"
                + " extend its position embedding by --rope-theta, or --rope-scaling such as"
                + " rope_type=yarn,factor=%d.",
            tokens,
            reach,
            model,
            config.maxPositionEmbeddings(),
            config.rope().scaling() instanceof RopeScaling.Default
                ? ""
                : " with its " + config.rope().scaling().configName() + " scaling",
            Math.ceilDiv(tokens, config.maxPositionEmbeddings())));
  }
}
