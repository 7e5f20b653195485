package org.longpo.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The config.json of an exported checkpoint: the source's, with the changes in the spelling that it
 * uses. Without changes, the same bytes.
 *
 * @param bytes the file
 * @param config its content
 */
@SuppressWarnings("ArrayRecordComponent")
record ConfigExport(byte[] bytes, ModelConfig config) {

  /**
   * Prepares the configuration for weights of these types.
   *
   * @param source the folder whose configuration is copied
   * @param settings what changes
   * @param tensors the weights: their common type becomes the configuration's, and a head among
   *     them states that it is not tied
   * @throws UserError if the change cannot be expressed
   */
  static ConfigExport of(ModelFolder source, ExportSettings settings, List<OutputTensor> tensors)
      throws IOException {
    Path file = source.required(ModelFolder.CONFIG);
    ModelConfig before = ModelConfig.read(source.path());
    RopeSettings rope = settings.rope().orElse(before.rope());
    ObjectNode json = (ObjectNode) AdapterSettings.configOf(source);
    JsonNode original = source.json(ModelFolder.CONFIG);

    writeContext(json, settings, before, rope, file);
    writeType(json, before, tensors);
    boolean hasHead = tensors.stream().anyMatch(t -> t.name().equals(ExpectedTensors.HEAD));
    if (before.tiedEmbeddings() && hasHead) {
      json.put("tie_word_embeddings", false);
    }
    // Read again: another context may have changed a default on which the settings depend.
    ModelConfig.Positions moved = ModelConfigReader.parse(json, file.toString()).positions();
    ModelConfig.Positions wanted =
        new ModelConfig.Positions(
            rope, before.positions().slidingRope(), moved.maxPositionEmbeddings());
    if (!moved.equals(wanted)) {
      before.family().writeRope(json, moved, wanted);
    }
    ModelConfig after = ModelConfigReader.parse(json, file.toString());
    if (!after.positions().equals(wanted)) {
      throw new IllegalStateException("wrote " + after.positions() + " instead of " + wanted);
    }
    byte[] bytes =
        json.equals(original)
            ? Files.readAllBytes(file)
            : Json.pretty(json).getBytes(StandardCharsets.UTF_8);
    return new ConfigExport(bytes, after);
  }

  private static void writeContext(
      ObjectNode json, ExportSettings settings, ModelConfig before, RopeSettings rope, Path file) {
    if (settings.maxPositionEmbeddings().isEmpty()) {
      return;
    }
    if (rope.scaling() instanceof RopeScaling.Dynamic) {
      throw new UserError(
          file
              + " uses dynamic RoPE, which depends on max_position_embeddings; another value would"
              + " change the model: keep it.");
    }
    ContextWindow.write(
        json, before.maxPositionEmbeddings(), settings.maxPositionEmbeddings().getAsInt());
  }

  /** A configuration without a type is not given one: readers then look at the weights. */
  private static void writeType(ObjectNode json, ModelConfig before, List<OutputTensor> tensors) {
    List<ElementType> types = tensors.stream().map(OutputTensor::type).distinct().toList();
    if (types.size() != 1 || before.dtype().equals(Optional.of(types.getFirst()))) {
      return;
    }
    Optional<String> key =
        List.of("dtype", "torch_dtype").stream().filter(json::hasNonNull).findFirst();
    key.ifPresent(name -> json.put(name, types.getFirst().configName()));
  }
}
