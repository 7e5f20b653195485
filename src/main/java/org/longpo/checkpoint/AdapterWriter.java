package org.longpo.checkpoint;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.FileNames;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a LoRA adapter as PEFT does: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. The folder appears whole or not at all.
 *
 * <p>PEFT's format has no place for the position embedding and the context that the adapter was
 * trained with. They are in the metadata of its weights, where {@link Checkpoint} reads them, and
 * in a {@code README.md} with the lines of Python that give them to the base. There is no {@code
 * config.json}: with one, transformers would load the folder as a whole model.
 */
public final class AdapterWriter {
  /** The file of the weights. */
  public static final String WEIGHTS = AdapterSettings.WEIGHTS;

  /** The prefix of the names of the weights in it. */
  public static final String PREFIX = AdapterFile.PREFIX;

  private static final String README = "README.md";

  private AdapterWriter() {}

  /**
   * Writes an adapter.
   *
   * @param base the folder of the model that it adapts
   * @param settings what changes in that model's configuration
   * @param rank PEFT's {@code r}
   * @param alpha PEFT's {@code lora_alpha}
   * @param targetModules the last parts of the adapted projections' names
   * @param tensors A and B of each, named {@code model.layers.0.self_attn.q_proj.lora_A.weight}
   * @param target the new folder
   * @throws UserError if {@code target} exists, {@code base} is an adapter itself, or a value is
   *     not finite
   */
  public static void write(
      Path base,
      ExportSettings settings,
      int rank,
      double alpha,
      List<String> targetModules,
      List<OutputTensor> tensors,
      Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(target + " exists already; choose a new folder for the adapter.");
    }
    ModelFolder source = ModelFolder.of(base);
    requireWhole(source);
    // A relative path would mean another folder when it is read from elsewhere.
    String baseName = FileNames.text(base.toAbsolutePath().normalize());
    AtomicFile.writeFolder(
        target,
        folder -> {
          ObjectNode baseSettings =
              AdapterSettings.of(ConfigExport.of(source, settings, List.of()));
          Files.writeString(
              folder.resolve(ModelFolder.ADAPTER_CONFIG),
              Json.pretty(config(baseName, rank, alpha, targetModules)));
          Files.writeString(
              folder.resolve(README),
              AdapterReadme.of(baseName, rank, alpha, targetModules, baseSettings));
          SafetensorsWriter.write(
              folder.resolve(AdapterSettings.WEIGHTS),
              tensors.stream()
                  .map(tensor -> FiniteValues.required(tensor, target))
                  .map(tensor -> tensor.withName(AdapterFile.PREFIX + tensor.name()))
                  .toList(),
              AdapterSettings.metadata(baseSettings));
        });
  }

  /**
   * Makes sure that a model can be the base of an adapter.
   *
   * @throws UserError if it is an adapter itself, because PEFT cannot load an adapter on an adapter
   */
  public static void requireWhole(ModelFolder model) {
    model
        .base()
        .ifPresent(
            base -> {
              throw new UserError(
                  "%s is an adapter of %s: a new adapter needs a whole model as its base; train without lora_r, or merge the two first."
                      .formatted(model.path(), base.path()));
            });
  }

  /** The keys that decide what PEFT computes; it has defaults for the others. */
  private static Map<String, Object> config(
      String base, int rank, double alpha, List<String> targetModules) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", base);
    config.put("r", rank);
    config.put("lora_alpha", alpha);
    config.put("target_modules", targetModules);
    config.put("lora_dropout", 0.0);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    config.put("use_rslora", false);
    config.put("use_dora", false);
    config.put("inference_mode", true);
    return config;
  }
}
