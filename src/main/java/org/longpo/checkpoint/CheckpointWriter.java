package org.longpo.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;

/**
 * Writes a model folder that transformers loads. The folder appears under its name when everything
 * in it is on disk, never before, and the same input gives the same bytes.
 */
public final class CheckpointWriter {
  /** Copied byte for byte where the source has them. */
  private static final List<String> CARRIED_OVER =
      List.of(
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "tekken.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json");

  /** Named chat templates, one file each. */
  private static final String NAMED_TEMPLATES = "additional_chat_templates";

  private CheckpointWriter() {}

  /**
   * Writes a checkpoint.
   *
   * @param source the folder whose configuration, tokenizer and templates are copied
   * @param settings the changes of the configuration, and the size of the shards
   * @param tensors every weight once; they are cut into shards in this order
   * @param target the new folder
   * @throws UserError if {@code target} exists, the source lacks its configuration, or a weight is
   *     not finite
   * @throws IllegalArgumentException if the tensors are not those of the model
   */
  public static void write(
      Path source, ExportSettings settings, List<OutputTensor> tensors, Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(target + " exists already; choose a new folder for the checkpoint.");
    }
    ModelFolder from = ModelFolder.of(source);
    AtomicFile.writeFolder(
        target,
        folder -> {
          ConfigExport config = ConfigExport.of(from, settings, tensors);
          requireComplete(tensors, config.config());
          Files.write(folder.resolve(ModelFolder.CONFIG), config.bytes());
          carryOver(from, CARRIED_OVER, folder);
          if (from.has(NAMED_TEMPLATES)) {
            ModelFolder templates = from.subfolder(NAMED_TEMPLATES);
            carryOver(
                templates,
                templates.names(),
                Files.createDirectory(folder.resolve(NAMED_TEMPLATES)));
          }
          writeWeights(
              folder,
              tensors.stream().map(tensor -> FiniteValues.required(tensor, target)).toList(),
              settings.maxShardBytes());
        });
  }

  private static void requireComplete(List<OutputTensor> tensors, ModelConfig config) {
    Map<String, List<Long>> given = new HashMap<>();
    for (OutputTensor tensor : tensors) {
      if (given.put(tensor.name(), tensor.dimensions()) != null) {
        throw new IllegalArgumentException("tensor " + tensor.name() + " is given twice");
      }
    }
    for (ExpectedTensor expected : ExpectedTensors.of(config)) {
      if (!expected.dimensions().equals(given.get(expected.name()))) {
        throw new IllegalArgumentException(
            "tensor %s has the shape %s, the model's is %s"
                .formatted(expected.name(), given.get(expected.name()), expected.dimensions()));
      }
    }
  }

  private static void carryOver(ModelFolder from, List<String> names, Path to) throws IOException {
    for (String name : names) {
      if (from.has(name)) {
        Files.write(to.resolve(name), Files.readAllBytes(from.required(name)));
      }
    }
  }

  private static void writeWeights(Path folder, List<OutputTensor> tensors, long maxShardBytes)
      throws IOException {
    List<List<OutputTensor>> shards = shards(tensors, maxShardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.write(folder.resolve(WeightFiles.SINGLE), shards.getFirst());
      return;
    }
    Map<String, String> weightMap = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafetensorsWriter.write(folder.resolve(name), shards.get(i));
      shards.get(i).forEach(tensor -> weightMap.put(tensor.name(), name));
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("total_parameters", tensors.stream().mapToLong(OutputTensor::elements).sum());
    metadata.put("total_size", tensors.stream().mapToLong(OutputTensor::bytes).sum());
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("metadata", metadata);
    index.put("weight_map", weightMap);
    Files.writeString(folder.resolve(WeightFiles.INDEX), Json.pretty(index));
  }

  /**
   * Fills shards in order, as Hugging Face does; a tensor beyond the limit gets a shard of its own.
   */
  private static List<List<OutputTensor>> shards(List<OutputTensor> tensors, long maxShardBytes) {
    List<List<OutputTensor>> shards = new ArrayList<>();
    List<OutputTensor> current = new ArrayList<>();
    long currentBytes = 0;
    for (OutputTensor tensor : tensors) {
      if (tensor.bytes() > maxShardBytes) {
        shards.add(List.of(tensor));
        continue;
      }
      if (currentBytes + tensor.bytes() > maxShardBytes) {
        shards.add(current);
        current = new ArrayList<>();
        currentBytes = 0;
      }
      current.add(tensor);
      currentBytes += tensor.bytes();
    }
    if (!current.isEmpty()) {
      shards.add(current);
    }
    return shards;
  }
}
