package org.longpo.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;

/** A LoRA adapter as PEFT writes it, mapped from its file. */
final class AdapterFile implements AutoCloseable {
  /** The name of a causal language model's modules inside PEFT's wrapper. */
  static final String PREFIX = "base_model.model.";

  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";
  private static final String WEIGHT = ".weight";

  private final SafetensorsFile file;
  private final Map<String, LowRankChange> changes;

  private AdapterFile(SafetensorsFile file, Map<String, LowRankChange> changes) {
    this.file = file;
    this.changes = changes;
  }

  /**
   * Opens the adapter of a folder, if it holds one.
   *
   * @param base the weights that it changes
   * @throws UserError if it is not an adapter of these, or has a setting that is not supported
   */
  static Optional<AdapterFile> open(ModelFolder folder, Map<String, TensorEntry> base) {
    if (folder.base().isEmpty()) {
      return Optional.empty();
    }
    AdapterConfig config = AdapterConfig.read(folder);
    SafetensorsFile file = SafetensorsFile.open(AdapterSettings.weights(folder));
    try {
      return Optional.of(new AdapterFile(file, changes(file, config, base)));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Map<String, LowRankChange> changes(
      SafetensorsFile file, AdapterConfig config, Map<String, TensorEntry> base) {
    Map<String, LowRankChange> changes = new TreeMap<>();
    for (TensorEntry tensor : file.tensors().values()) {
      String name = tensor.name();
      boolean isA = name.endsWith(A);
      if (!name.startsWith(PREFIX) || !(isA || name.endsWith(B))) {
        throw new UserError(
            "%s: the tensor %s is not a part of a LoRA product; only adapters of projections are read."
                .formatted(file.file(), name));
      }
      String module = name.substring(0, name.length() - A.length());
      TensorEntry weight = base.get(module.substring(PREFIX.length()) + WEIGHT);
      if (weight == null || weight.dimensions().size() != 2) {
        throw new UserError(
            "%s: the tensor %s changes a projection that the base does not have."
                .formatted(file.file(), name));
      }
      if (isA) {
        TensorEntry b = file.tensor(module + B);
        changes.put(weight.name(), change(file, config, weight, tensor, b));
      } else {
        file.tensor(module + A);
      }
    }
    if (changes.isEmpty()) {
      throw new UserError(file.file() + " is not an adapter: it has no tensor.");
    }
    return changes;
  }

  private static LowRankChange change(
      SafetensorsFile file,
      AdapterConfig config,
      TensorEntry weight,
      TensorEntry a,
      TensorEntry b) {
    boolean fits =
        a.dimensions().size() == 2
            && b.dimensions().size() == 2
            && a.dimensions().get(0) > 0
            && a.dimensions().get(0).equals(b.dimensions().get(1))
            && a.dimensions().get(1).equals(weight.dimensions().get(1))
            && b.dimensions().get(0).equals(weight.dimensions().get(0))
            && a.type().isFloatingPoint()
            && b.type().isFloatingPoint();
    if (!fits) {
      throw new UserError(
          "%s: %s is %s %s and %s is %s %s, whose product does not fit the base's %s of shape %s."
              .formatted(
                  file.file(),
                  a.name(),
                  a.type(),
                  a.dimensions(),
                  b.name(),
                  b.type(),
                  b.dimensions(),
                  weight.name(),
                  weight.dimensions()));
    }
    return new LowRankChange(a, b, config.scale(a.dimensions().get(0)));
  }

  /** The changes by the names of the base's weights. */
  Map<String, LowRankChange> changes() {
    return changes;
  }

  /** The tensors by name, for fingerprints. */
  Map<String, TensorEntry> tensors() {
    return new TreeMap<>(file.tensors());
  }

  /** The metadata of its file, with the configuration of the base in training. */
  Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public void close() {
    file.close();
  }
}
