package org.longpo.checkpoint;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@link RopeSettings} into a config.json in the spelling that it uses already. */
final class RopeConfigWriter {
  private static final String OLD = "rope_scaling";
  private static final String NEW = "rope_parameters";
  private static final String THETA = "rope_theta";
  private static final String ORIGINAL = "original_max_position_embeddings";

  private RopeConfigWriter() {}

  /**
   * Changes {@code config} so that {@link RopeConfig} reads {@code wanted} from it.
   *
   * @param config the whole config.json
   * @param current what it states now
   * @param wanted what it has to state
   */
  static void write(ObjectNode config, RopeSettings current, RopeSettings wanted) {
    boolean old = isNonEmptyObject(config.get(OLD)) || !isNonEmptyObject(config.get(NEW));
    if (!current.scaling().equals(wanted.scaling())) {
      replaceScaling(config, wanted.scaling(), old);
    }
    JsonNode block = config.get(old ? OLD : NEW);
    if (block instanceof ObjectNode object && (!old || object.has(THETA))) {
      object.put(THETA, wanted.theta());
    }
    if (old || config.has(THETA)) {
      config.put(THETA, wanted.theta());
    }
  }

  /** The settings as {@code rope_parameters}, which needs nothing beside it. */
  static ObjectNode block(RopeSettings rope) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    replaceScaling(config, rope.scaling(), false);
    ObjectNode block = (ObjectNode) config.path(NEW);
    return block.put(THETA, rope.theta());
  }

  private static void replaceScaling(ObjectNode config, RopeScaling scaling, boolean old) {
    ObjectNode block = config.objectNode();
    block.put("rope_type", scaling.configName());
    switch (scaling) {
      case RopeScaling.Default _ -> {
        // There are no values beside the type.
      }
      case RopeScaling.Linear linear -> block.put("factor", linear.factor());
      case RopeScaling.Dynamic dynamic -> block.put("factor", dynamic.factor());
      case RopeScaling.Yarn yarn -> {
        block.put("factor", yarn.factor());
        putOriginal(config, block, yarn.originalMaxPositionEmbeddings());
        putIfPresent(block, "attention_factor", yarn.magnitude().attentionFactor());
        block.put("beta_fast", yarn.ramp().betaFast());
        block.put("beta_slow", yarn.ramp().betaSlow());
        putIfPresent(block, "mscale", yarn.magnitude().mscale());
        putIfPresent(block, "mscale_all_dim", yarn.magnitude().mscaleAllDim());
        block.put("truncate", yarn.ramp().truncate());
      }
      case RopeScaling.Llama3 llama3 -> {
        block.put("factor", llama3.factor());
        block.put("low_freq_factor", llama3.lowFreqFactor());
        block.put("high_freq_factor", llama3.highFreqFactor());
        putOriginal(config, block, llama3.originalMaxPositionEmbeddings());
      }
      case RopeScaling.LongRope longRope -> {
        putAll(block.putArray("short_factor"), longRope.shortFactor());
        putAll(block.putArray("long_factor"), longRope.longFactor());
        block.put("factor", longRope.factor());
        putOriginal(config, block, longRope.originalMaxPositionEmbeddings());
        putIfPresent(block, "attention_factor", longRope.attentionFactor());
      }
    }
    if (!old) {
      config.set(NEW, block);
      return;
    }
    if (scaling instanceof RopeScaling.Default) {
      config.putNull(OLD);
    } else {
      config.set(OLD, block);
    }
    // With an empty rope_scaling it would have an effect again.
    config.remove(NEW);
  }

  /** One outside the block would have precedence over the one inside. */
  private static void putOriginal(ObjectNode config, ObjectNode block, int tokens) {
    block.put(ORIGINAL, tokens);
    if (config.has(ORIGINAL)) {
      config.put(ORIGINAL, tokens);
    }
  }

  private static void putIfPresent(ObjectNode block, String key, OptionalDouble value) {
    value.ifPresent(number -> block.put(key, number));
  }

  private static void putAll(ArrayNode array, Iterable<Double> values) {
    values.forEach(array::add);
  }

  private static boolean isNonEmptyObject(@Nullable JsonNode node) {
    return node != null && node.isObject() && !node.isEmpty();
  }
}
