package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;

/** Finds the family of a config.json, which reads the rest. */
final class ModelConfigReader {
  /** What no family computes. */
  private static final List<String> UNSUPPORTED_KEYS =
      List.of("quantization_config", "per_layer_config");

  private ModelConfigReader() {}

  static ModelConfig read(Path folder, ModelFamilies families) {
    ModelFolder files = ModelFolder.of(folder);
    String where = files.required(ModelFolder.CONFIG).toString();
    return parse(AdapterSettings.configOf(files, families), where, families);
  }

  /** Reads a configuration of one of all families; {@code where} names its file for errors. */
  static ModelConfig parse(JsonNode json, String where) {
    return parse(json, where, ModelFamilies.ALL);
  }

  static ModelConfig parse(JsonNode json, String where, ModelFamilies families) {
    ConfigObject config = ConfigObject.root(json, where);
    ModelFamily family = families.of(config);
    for (String key : UNSUPPORTED_KEYS) {
      if (!config.lacks(key)) {
        throw new UserError(
            where + " has a " + key + ", which is not supported; use plain weights.");
      }
    }
    return family.read(config);
  }
}
