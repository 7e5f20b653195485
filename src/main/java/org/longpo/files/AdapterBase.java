package org.longpo.files;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/** The base of an adapter folder as PEFT writes it: the model that the adapter changes. */
final class AdapterBase {
  private static final String KEY = "base_model_name_or_path";

  /** Weights of a whole model: with them a folder needs no other. */
  private static final Set<String> WHOLE_WEIGHTS =
      Set.of("model.safetensors", "model.safetensors.index.json");

  private static final String TOKENIZER = "tokenizer.json";

  /** The files of a tokenizer, all of which come from the same folder. */
  private static final Set<String> WITH_TOKENIZER =
      Set.of(
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "tokenizer.model",
          "vocab.json",
          "merges.txt",
          "tekken.json",
          "chat_template.jinja",
          "chat_template.json",
          "additional_chat_templates");

  private AdapterBase() {}

  /**
   * The base's path, if the folder holds an adapter. A relative path starts at the adapter's folder
   * or, where that does not exist, at the working directory, as PEFT reads it.
   *
   * @throws UserError if it names no base, or is a whole model as well
   */
  static Optional<Path> of(ModelFolder adapter) {
    if (!adapter.hasOwn(ModelFolder.ADAPTER_CONFIG)) {
      return Optional.empty();
    }
    Path config = adapter.path().resolve(ModelFolder.ADAPTER_CONFIG);
    for (String weights : WHOLE_WEIGHTS) {
      if (adapter.hasOwn(weights)) {
        throw new UserError(
            "%s has both %s, as an adapter has, and %s, as a whole model has; move one of the two elsewhere."
                .formatted(adapter.path(), ModelFolder.ADAPTER_CONFIG, weights));
      }
    }
    JsonNode name = adapter.json(ModelFolder.ADAPTER_CONFIG).path(KEY);
    if (!name.isString() || name.asString().isBlank()) {
      throw new UserError(config + ": " + KEY + " is missing, the folder of the adapter's base.");
    }
    try {
      Path base = Path.of(name.asString());
      Path beside = adapter.path().resolve(base);
      return Optional.of(Files.isDirectory(beside) ? beside.normalize() : base);
    } catch (InvalidPathException e) {
      throw new UserError(config + ": " + KEY + " is not a path: " + name + ".", e);
    }
  }

  /**
   * Opens the base.
   *
   * @throws UserError if it does not exist or is an adapter too
   */
  static ModelFolder open(Path base, Path adapter) {
    if (!Files.isDirectory(base)) {
      throw new UserError(
          "%s is an adapter of %s, which is not a folder on this machine: put that model there, or write its folder as %s into %s."
              .formatted(adapter, base, KEY, adapter.resolve(ModelFolder.ADAPTER_CONFIG)));
    }
    if (Files.exists(base.resolve(ModelFolder.ADAPTER_CONFIG))) {
      throw new UserError(
          "%s is an adapter of %s, which is an adapter itself; only adapters of whole models are read."
              .formatted(adapter, base));
    }
    return ModelFolder.of(base);
  }

  /** Whether the base's file of this name is not used with the files of the adapter's folder. */
  static boolean keepsApart(ModelFolder adapter, String name) {
    return WITH_TOKENIZER.contains(name) && adapter.hasOwn(TOKENIZER);
  }
}
