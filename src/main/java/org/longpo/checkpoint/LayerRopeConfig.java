package org.longpo.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.longpo.checkpoint.ModelConfig.Positions;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * RoPE of families whose layer types each have one of their own, in either spelling: {@code
 * rope_parameters} with an object per layer type, or, for layers with full attention, {@code
 * rope_theta} beside {@code rope_scaling}, and a key of the family for the base of sliding ones.
 *
 * <p>Precedence is that of transformers 5: a theta inside wins over the one outside; the keys of
 * {@code rope_scaling} are laid over those of full attention; an {@code
 * original_max_position_embeddings} outside has no meaning.
 *
 * @param theta the base of layers with full attention where nothing states it
 * @param slidingThetaKey the older spelling's key for the base of sliding layers
 * @param slidingTheta their base where nothing states it
 */
public record LayerRopeConfig(double theta, String slidingThetaKey, double slidingTheta) {
  private static final String BY_LAYER_TYPE = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String THETA = "rope_theta";
  private static final String FULL = LayerType.FULL_ATTENTION.configName();
  private static final String SLIDING = LayerType.SLIDING_ATTENTION.configName();

  /** Reads both. */
  public Positions read(ConfigObject config, int headDim, int maxPositionEmbeddings) {
    Optional<ConfigObject> byType = config.nonEmptyObject(BY_LAYER_TYPE);
    if (byType.isPresent() && !hasLayerType(byType.get().json())) {
      throw new UserError(
          "%s has no %s and no %s; expected an object for each of the two."
              .formatted(byType.get().where(), FULL, SLIDING));
    }
    ObjectNode full = object(byType, FULL);
    config.nonEmptyObject(SCALING).ifPresent(scaling -> overlay(full, scaling));
    RopeSettings fullRope =
        settings(
            new ConfigObject(full, config.where() + ": RoPE of " + FULL),
            config.doubleOr(THETA, theta),
            headDim,
            maxPositionEmbeddings);
    RopeSettings slidingRope =
        settings(
            new ConfigObject(object(byType, SLIDING), config.where() + ": RoPE of " + SLIDING),
            config.doubleOr(slidingThetaKey, slidingTheta),
            headDim,
            maxPositionEmbeddings);
    return new Positions(fullRope, Optional.of(slidingRope), maxPositionEmbeddings);
  }

  private static RopeSettings settings(
      ConfigObject rope, double thetaOutside, int headDim, int maxPositionEmbeddings) {
    double theta = rope.doubleOr(THETA, thetaOutside);
    if (!(theta > 1)) {
      throw new UserError(
          "%s: the base is %s, expected a number above 1.".formatted(rope.where(), theta));
    }
    ConfigObject nothing = new ConfigObject(JsonNodeFactory.instance.objectNode(), rope.where());
    return new RopeSettings(
        theta, RopeConfig.scaling(rope, nothing, headDim, maxPositionEmbeddings));
  }

  /** A copy of the object of a layer type; empty where there is none. */
  private static ObjectNode object(Optional<ConfigObject> byType, String type) {
    return byType
        .flatMap(parameters -> parameters.nonEmptyObject(type))
        .map(found -> (ObjectNode) found.json().deepCopy())
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static void overlay(ObjectNode full, ConfigObject scaling) {
    if (scaling.has("type") && scaling.lacks("rope_type")) {
      throw new UserError(
          scaling.where()
              + " has a type, which this model's class in transformers does not read; call it"
              + " rope_type.");
    }
    scaling.json().properties().forEach(entry -> full.set(entry.getKey(), entry.getValue()));
  }

  private static boolean hasLayerType(JsonNode parameters) {
    return Arrays.stream(LayerType.values()).anyMatch(type -> parameters.has(type.configName()));
  }

  /** Writes what differs, in the spelling that the configuration uses. */
  public void write(ObjectNode config, Positions current, Positions wanted) {
    boolean isByType =
        config.get(BY_LAYER_TYPE) instanceof ObjectNode parameters && hasLayerType(parameters);
    if (!isByType && current.slidingRope().equals(wanted.slidingRope())) {
      RopeConfigWriter.write(config, current.rope(), wanted.rope());
      return;
    }
    config.set(BY_LAYER_TYPE, block(wanted));
    // These would be laid over it, or contradict it.
    config.remove(SCALING);
    config.remove(THETA);
    config.remove(slidingThetaKey);
  }

  /** Both as {@code rope_parameters}. */
  public ObjectNode block(Positions positions) {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.set(FULL, RopeConfigWriter.block(positions.rope()));
    block.set(SLIDING, RopeConfigWriter.block(positions.slidingRope().orElse(positions.rope())));
    return block;
  }
}
