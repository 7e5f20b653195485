package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of the base's configuration that an adapter was trained with and that PEFT's format
 * cannot hold: the position embedding, the context, and the context before any training. It is JSON
 * in the metadata of the adapter's weights, with the keys that transformers 5 has for a
 * configuration.
 */
final class AdapterSettings {
  /** The weights of an adapter. */
  static final String WEIGHTS = "adapter_model.safetensors";

  private static final String KEY = "base_config";
  private static final String ROPE = "rope_parameters";
  private static final String CONTEXT = ContextWindow.MAX_POSITION_EMBEDDINGS;

  /** Has precedence over the one inside {@link #ROPE}, so it is set where the base has it. */
  private static final String ORIGINAL = "original_max_position_embeddings";

  private static final Set<String> KEYS = Set.of(ROPE, CONTEXT, ORIGINAL, ContextWindow.KEY);

  /** Spellings that would have precedence over {@link #ROPE}. */
  private static final List<String> OTHER_ROPE = List.of("rope_scaling", "rope_theta", ORIGINAL);

  private AdapterSettings() {}

  /** The settings of a configuration. */
  static ObjectNode of(ConfigExport config) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    ModelConfig read = config.config();
    settings.set(ROPE, read.family().ropeParameters(read.positions()));
    settings.put(CONTEXT, read.maxPositionEmbeddings());
    JsonNode json = Json.mapper().readTree(config.bytes());
    for (String key : List.of(ORIGINAL, ContextWindow.KEY)) {
      if (json.path(key).isNumber()) {
        settings.set(key, json.path(key));
      }
    }
    return settings;
  }

  /** As metadata of the adapter's weights. */
  static Map<String, String> metadata(ObjectNode settings) {
    return Map.of(KEY, Json.line(settings));
  }

  /**
   * config.json of a model folder; for an adapter that of the base, as it was when the adapter was
   * trained.
   *
   * @throws UserError if one of the files is missing or broken
   */
  static JsonNode configOf(ModelFolder folder) {
    return configOf(folder, ModelFamilies.ALL);
  }

  /** The same for a model of other families. */
  static JsonNode configOf(ModelFolder folder, ModelFamilies families) {
    JsonNode config = folder.json(ModelFolder.CONFIG);
    Optional<ModelFolder> base = folder.base();
    if (base.isEmpty() || !(config instanceof ObjectNode object)) {
      return config;
    }
    Path weights = weights(folder);
    String text;
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      text = file.metadata().getOrDefault(KEY, "{}");
    }
    String where = weights + ": " + KEY;
    JsonNode settings = Json.parse(text, JsonNode.class, where);
    for (String key : settings.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new UserError(where + ": the key " + key + " is not known here.");
      }
    }
    if (settings.path(CONTEXT).isInt()) {
      // Adapters of earlier versions do not record the earlier context.
      int before = ModelConfig.read(base.get().path(), families).maxPositionEmbeddings();
      ContextWindow.write(object, before, settings.path(CONTEXT).asInt());
    }
    if (settings.has(ROPE)) {
      OTHER_ROPE.forEach(object::remove);
    }
    settings.properties().forEach(entry -> object.set(entry.getKey(), entry.getValue()));
    return object;
  }

  /** The weights of the adapter in a folder. */
  static Path weights(ModelFolder folder) {
    if (!folder.has(WEIGHTS)) {
      throw new UserError(
          "The adapter folder %s has no %s; other weight formats are not read, convert them first."
              .formatted(folder.path(), WEIGHTS));
    }
    return folder.required(WEIGHTS);
  }
}
