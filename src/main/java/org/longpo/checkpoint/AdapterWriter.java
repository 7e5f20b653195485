package org.longpo.checkpoint;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;

/**
 * Writes a LoRA adapter as PEFT does: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. The folder appears whole or not at all.
 *
 * <p>A {@code config.json} stands beside them: the model's, with the position embedding that the
 * adapter was trained with. Where it differs from the base's, PEFT's user has to give it to the
 * base model, for an adapter cannot carry it.
 */
public final class AdapterWriter {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";

  /** How a causal language model's modules are called inside PEFT's wrapper. */
  private static final String PREFIX = "base_model.model.";

  private AdapterWriter() {}

  /**
   * Writes an adapter.
   *
   * @param base the folder of the model that it stands beside
   * @param settings what changes in that model's configuration
   * @param rank PEFT's {@code r}
   * @param alpha PEFT's {@code lora_alpha}
   * @param targetModules the last parts of the adapted projections' names
   * @param tensors A and B of each, named {@code model.layers.0.self_attn.q_proj.lora_A.weight}
   * @param target the new folder
   * @throws UserError if {@code target} exists
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
    AtomicFile.writeFolder(
        target,
        folder -> {
          Files.writeString(
              folder.resolve(CONFIG), Json.pretty(config(base, rank, alpha, targetModules)));
          Files.write(
              folder.resolve(ModelFolder.CONFIG),
              ConfigExport.of(ModelFolder.of(base), settings, List.of()).bytes());
          SafetensorsWriter.write(
              folder.resolve(WEIGHTS),
              tensors.stream().map(tensor -> tensor.withName(PREFIX + tensor.name())).toList());
        });
  }

  /** The keys that decide what PEFT computes; it has defaults for the others. */
  private static Map<String, Object> config(
      Path base, int rank, double alpha, List<String> targetModules) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", base.toString());
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
