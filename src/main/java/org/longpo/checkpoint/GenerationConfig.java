package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The tokens that begin and end a model's texts, as transformers finds them: in
 * generation_config.json or, where a folder has none, in config.json with its family's defaults.
 *
 * @param beginOfText the token before a text; empty if the model has none
 * @param endOfText the tokens any of which ends a text, possibly none
 */
public record GenerationConfig(OptionalInt beginOfText, List<Integer> endOfText) {
  static final String FILE = "generation_config.json";

  private static final String BEGIN = "bos_token_id";
  private static final String END = "eos_token_id";

  public GenerationConfig {
    endOfText = List.copyOf(endOfText);
  }

  /**
   * Reads a model folder.
   *
   * @throws org.longpo.error.UserError if a file is malformed or the model not supported
   */
  public static GenerationConfig read(Path folder) {
    ModelFolder files = ModelFolder.of(folder);
    if (files.has(FILE)) {
      return read(object(files, FILE), OptionalInt.empty(), List.of());
    }
    return switch (ModelConfig.read(folder).family()) {
      case LLAMA, MISTRAL -> read(object(files, ModelFolder.CONFIG), OptionalInt.of(1), List.of(2));
      case QWEN2, QWEN3 -> read(object(files, ModelFolder.CONFIG), OptionalInt.empty(), List.of());
    };
  }

  private static ConfigObject object(ModelFolder files, String name) {
    return ConfigObject.root(files.json(name), files.path().resolve(name).toString());
  }

  private static GenerationConfig read(
      ConfigObject config, OptionalInt beginIfAbsent, List<Integer> endIfAbsent) {
    return new GenerationConfig(
        config.has(BEGIN) ? config.nullableInt(BEGIN) : beginIfAbsent,
        config.has(END) ? ends(config) : endIfAbsent);
  }

  /** One token, a list of them, or null. */
  private static List<Integer> ends(ConfigObject config) {
    JsonNode value = config.json().get(END);
    if (!value.isArray()) {
      return config.nullableInt(END).stream().boxed().toList();
    }
    List<Integer> tokens = new ArrayList<>();
    for (JsonNode token : value) {
      if (!token.isIntegralNumber() || !token.canConvertToInt()) {
        throw config.wrong(END, token, "token ids");
      }
      tokens.add(token.intValue());
    }
    return tokens;
  }
}
