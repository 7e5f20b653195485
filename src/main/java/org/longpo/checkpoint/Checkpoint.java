package org.longpo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.families.ModelFamilies;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;

/**
 * An opened model folder: its configuration and its weights, mapped from the files.
 *
 * <p>The segments of its tensors are valid until it is closed.
 */
public final class Checkpoint implements AutoCloseable {
  private final Path folder;
  private final ModelConfig config;
  private final WeightFiles files;
  private final Map<String, TensorEntry> tensors;
  private final Optional<AdapterFile> adapter;
  private @Nullable String sha256;

  private Checkpoint(
      Path folder,
      ModelConfig config,
      WeightFiles files,
      Map<String, TensorEntry> tensors,
      Optional<AdapterFile> adapter) {
    this.folder = folder;
    this.config = config;
    this.files = files;
    this.tensors = tensors;
    this.adapter = adapter;
  }

  /**
   * Opens a folder with config.json and safetensors weights, and checks that every weight of the
   * architecture is there with the right shape. An adapter's folder means its base with the changes
   * of the adapter: see {@link #change}.
   *
   * @throws UserError that names the file or tensor that is missing or wrong
   */
  public static Checkpoint open(Path folder) {
    return open(folder, ModelFamilies.ALL);
  }

  /** The same for a model of other families. */
  public static Checkpoint open(Path folder, ModelFamilies families) {
    ModelConfig config = ModelConfig.read(folder, families);
    ModelFolder modelFolder = ModelFolder.of(folder);
    WeightFiles files = WeightFiles.open(modelFolder);
    try {
      Map<String, TensorEntry> tensors = new TreeMap<>(files.tensors());
      ModelConfig tied = resolveTying(config, tensors);
      Checkpoint base = new Checkpoint(folder, tied, files, tensors, Optional.empty());
      base.requireShapes(ExpectedTensors.of(tied));
      return AdapterFile.open(modelFolder, tensors)
          .map(a -> new Checkpoint(folder, tied, files, tensors, Optional.of(a)))
          .orElse(base);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * Tied or not, as transformers decides it: a head that is stored and differs from the embedding
   * unties the two whatever the configuration states, and a tied pair may be stored under either
   * name.
   */
  private static ModelConfig resolveTying(ModelConfig config, Map<String, TensorEntry> tensors) {
    TensorEntry head = tensors.get(ExpectedTensors.HEAD);
    if (!config.tiedEmbeddings() || head == null) {
      return config;
    }
    TensorEntry embedding = tensors.get(ExpectedTensors.EMBEDDING);
    if (embedding == null) {
      tensors.remove(ExpectedTensors.HEAD);
      tensors.put(
          ExpectedTensors.EMBEDDING,
          new TensorEntry(ExpectedTensors.EMBEDDING, head.type(), head.dimensions(), head.data()));
      return config;
    }
    boolean same =
        head.type() == embedding.type()
            && head.dimensions().equals(embedding.dimensions())
            && head.data().mismatch(embedding.data()) < 0;
    if (same) {
      tensors.remove(ExpectedTensors.HEAD);
      return config;
    }
    return config.withTiedEmbeddings(false);
  }

  /**
   * Checks tensors against what a model expects.
   *
   * @throws UserError that names the first tensor that is missing, has another shape or is not
   *     floating point
   */
  public void requireShapes(List<ExpectedTensor> expected) {
    List<String> missing =
        expected.stream()
            .map(ExpectedTensor::name)
            .filter(name -> !tensors.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new UserError(
          "The weights in %s lack the tensor %s%s, which config.json requires."
              .formatted(
                  folder,
                  missing.getFirst(),
                  missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more"));
    }
    for (ExpectedTensor wanted : expected) {
      TensorEntry found = tensor(wanted.name());
      if (!found.dimensions().equals(wanted.dimensions())) {
        throw new UserError(
            "The tensor %s in %s has the shape %s, but config.json requires %s."
                .formatted(wanted.name(), folder, found.dimensions(), wanted.dimensions()));
      }
      if (!found.type().isFloatingPoint()) {
        throw new UserError(
            "The tensor %s in %s has the element type %s, expected F64, F32, F16 or BF16."
                .formatted(wanted.name(), folder, found.type()));
      }
    }
  }

  /** The folder it was opened from. */
  public Path folder() {
    return folder;
  }

  /** The model's shape; whether it is tied is read from the weights. */
  public ModelConfig config() {
    return config;
  }

  /**
   * The type of the model: the one that config.json names, or, where it names none, the one that
   * most of the weights' values have.
   */
  public ElementType dtype() {
    return config.dtype().orElseGet(this::typeOfMostValues);
  }

  private ElementType typeOfMostValues() {
    Map<ElementType, Long> values = new EnumMap<>(ElementType.class);
    for (ExpectedTensor expected : ExpectedTensors.of(config)) {
      TensorEntry tensor = tensor(expected.name());
      values.merge(tensor.type(), tensor.data().byteSize() / tensor.type().bytes(), Long::sum);
    }
    return Collections.max(values.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** The names of all tensors, sorted. */
  public Set<String> names() {
    return new TreeSet<>(tensors.keySet());
  }

  /**
   * A tensor by name.
   *
   * @throws UserError if there is none
   */
  public TensorEntry tensor(String name) {
    TensorEntry tensor = tensors.get(name);
    if (tensor == null) {
      throw new UserError("The weights in " + folder + " lack the tensor " + name + ".");
    }
    return tensor;
  }

  /** How the adapter changes a weight; empty where there is no adapter or it does not change it. */
  public Optional<LowRankChange> change(String name) {
    return adapter.map(opened -> opened.changes().get(name));
  }

  /**
   * A fingerprint of configuration and weights in lower-case hex. It is taken over the tensors'
   * names, types, shapes and bytes, so cutting the same weights into other shards does not change
   * it. Of an adapter it covers the base as well. The first call reads every byte of the weights.
   */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = fingerprint();
    }
    return sha256;
  }

  private String fingerprint() {
    String base = CheckpointFingerprint.of(ModelFolder.of(folder), tensors.values());
    return adapter.map(opened -> CheckpointFingerprint.of(base, opened)).orElse(base);
  }

  /** Bytes of all weights together. */
  public long bytes() {
    return tensors.values().stream()
        .map(TensorEntry::data)
        .mapToLong(MemorySegment::byteSize)
        .sum();
  }

  @Override
  public void close() {
    adapter.ifPresent(AdapterFile::close);
    files.close();
  }
}
