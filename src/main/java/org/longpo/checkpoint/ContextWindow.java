package org.longpo.checkpoint;

import java.nio.file.Path;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.node.ObjectNode;

/**
 * The context that a model had before any training of ours: the same for a model and for all that
 * were made from it, whatever {@code max_position_embeddings} they have.
 *
 * <p>An export that raises {@code max_position_embeddings} records the value before under {@link
 * #KEY}, which transformers keeps and does not use; later exports do not change it. An adapter has
 * both in its settings.
 *
 * @param tokens the context
 * @param key the key of the configuration that states it
 */
public record ContextWindow(int tokens, String key) {
  /** A key of config.json that only this program uses. */
  public static final String KEY = "longpo_original_max_position_embeddings";

  static final String MAX_POSITION_EMBEDDINGS = "max_position_embeddings";

  /**
   * Reads a model folder's configuration.
   *
   * @throws org.longpo.error.UserError if it is missing or wrong
   */
  public static ContextWindow of(Path modelFolder) {
    ModelFolder folder = ModelFolder.of(modelFolder);
    ConfigObject config =
        ConfigObject.root(
            AdapterSettings.configOf(folder), folder.required(ModelFolder.CONFIG).toString());
    int now = ModelConfig.read(modelFolder).maxPositionEmbeddings();
    return config.has(KEY)
        ? new ContextWindow(config.positiveOr(KEY, now), KEY)
        : new ContextWindow(now, MAX_POSITION_EMBEDDINGS);
  }

  /** Writes another context, and records the one before unless an earlier export did. */
  static void write(ObjectNode config, int before, int tokens) {
    if (before != tokens && !config.has(KEY)) {
      config.put(KEY, before);
    }
    config.put(MAX_POSITION_EMBEDDINGS, tokens);
  }
}
