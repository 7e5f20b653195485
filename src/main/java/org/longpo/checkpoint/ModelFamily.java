package org.longpo.checkpoint;

import java.util.Map;
import org.longpo.checkpoint.ModelConfig.Positions;
import org.longpo.error.UserError;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model family: how its config.json becomes a {@link ModelConfig}, which describes its blocks so
 * that nothing else has to know the family. A new one is its class and a line in {@link
 * org.longpo.checkpoint.families.ModelFamilies}.
 */
public interface ModelFamily {
  /** config.json's {@code model_type}. */
  String modelType();

  /** The entry of config.json's {@code architectures}, the model's class in transformers. */
  String architecture();

  /**
   * Reads a configuration, with the defaults of the family's class in transformers.
   *
   * @throws UserError if a value is wrong, or asks for what the engine does not compute
   */
  ModelConfig read(ConfigObject config);

  /**
   * Changes a config.json so that {@link #read} finds another position embedding in it, in the
   * spelling that it uses already.
   *
   * @param config the whole config.json
   * @param current what it states now
   * @param wanted what it has to state; the context is the same
   */
  default void writeRope(ObjectNode config, Positions current, Positions wanted) {
    RopeConfigWriter.write(config, current.rope(), wanted.rope());
  }

  /** The position embedding as {@code rope_parameters}, which needs nothing beside it. */
  default ObjectNode ropeParameters(Positions positions) {
    return RopeConfigWriter.block(positions.rope());
  }

  /**
   * Whether {@code max_position_embeddings} is the context that a linear scaling has extended, not
   * the one before.
   */
  default boolean statesScaledContext() {
    return false;
  }

  /**
   * Relatives that are not supported: their {@code model_type}, and a sentence that says why and
   * what to do.
   */
  default Map<String, String> unsupportedRelatives() {
    return Map.of();
  }
}
