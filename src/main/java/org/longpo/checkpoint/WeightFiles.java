package org.longpo.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;

/**
 * The safetensors files of a model folder: one {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} lists.
 */
final class WeightFiles implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final List<SafetensorsFile> files = new ArrayList<>();
  private final Map<String, TensorEntry> tensors = new TreeMap<>();

  private WeightFiles() {}

  /** Opens whichever is there; a single file is preferred, as transformers does. */
  static WeightFiles open(ModelFolder folder) {
    WeightFiles weights = new WeightFiles();
    try {
      if (folder.has(SINGLE)) {
        SafetensorsFile file = weights.add(folder, SINGLE);
        weights.tensors.putAll(file.tensors());
      } else if (folder.has(INDEX)) {
        weights.addShards(folder);
      } else {
        throw new UserError(
            "The model folder %s has neither %s nor %s; other weight formats are not read, convert them first."
                .formatted(folder.path(), SINGLE, INDEX));
      }
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private void addShards(ModelFolder folder) {
    for (Map.Entry<String, List<String>> shard : readIndex(folder).entrySet()) {
      SafetensorsFile file = add(folder, shard.getKey());
      for (String name : shard.getValue()) {
        TensorEntry tensor = file.tensors().get(name);
        if (tensor == null) {
          throw new UserError(
              "%s lacks the tensor %s, which %s lists for it."
                  .formatted(file.file(), name, folder.path().resolve(INDEX)));
        }
        tensors.put(name, tensor);
      }
    }
  }

  private SafetensorsFile add(ModelFolder folder, String name) {
    SafetensorsFile file = SafetensorsFile.open(folder.required(name));
    files.add(file);
    return file;
  }

  /** The tensors' names by shard. Nothing of a shard is opened before all names are checked. */
  private static Map<String, List<String>> readIndex(ModelFolder folder) {
    Path path = folder.path().resolve(INDEX);
    JsonNode weightMap = folder.json(INDEX).path("weight_map");
    if (!weightMap.isObject()) {
      throw new UserError(path + " has no weight_map that names each tensor's file.");
    }
    Map<String, List<String>> shards = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
      if (!entry.getValue().isString()) {
        throw new UserError(
            "%s: weight_map names no file for the tensor %s.".formatted(path, entry.getKey()));
      }
      shards
          .computeIfAbsent(entry.getValue().stringValue(), file -> new ArrayList<>())
          .add(entry.getKey());
    }
    shards.keySet().forEach(folder::required);
    return shards;
  }

  /** All tensors by name. */
  Map<String, TensorEntry> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
