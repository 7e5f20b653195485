package org.longpo.checkpoint;

import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.files.ModelFolder;
import tools.jackson.databind.JsonNode;

/**
 * {@code adapter_config.json}: LoRA as PEFT writes it. The weights show which modules are adapted
 * and with what rank; every other setting that changes the result of an adapter is refused by name.
 *
 * @param alpha PEFT's {@code lora_alpha}
 * @param byRoot whether the product is multiplied by {@code alpha / sqrt(rank)} instead of {@code
 *     alpha / rank}
 */
record AdapterConfig(double alpha, boolean byRoot) {
  private static final String TYPE = "peft_type";
  private static final String ALPHA = "lora_alpha";
  private static final String BY_ROOT = "use_rslora";
  private static final String INITIAL = "init_lora_weights";
  private static final String BIAS = "bias";

  /** Keys without meaning for a trained adapter, or that repeat what its weights show. */
  private static final Set<String> HARMLESS =
      Set.of(
          TYPE,
          ALPHA,
          BY_ROOT,
          "task_type",
          "auto_mapping",
          "peft_version",
          "base_model_name_or_path",
          "revision",
          "inference_mode",
          "r",
          "target_modules",
          "exclude_modules",
          "lora_dropout",
          "layers_to_transform",
          "layers_pattern",
          "rank_pattern",
          "loftq_config",
          "eva_config",
          "corda_config",
          "lora_ga_config",
          "qalora_group_size",
          "runtime_config",
          "megatron_core");

  /** Initialisations that do not change the base's weights; others, such as pissa, change them. */
  private static final Set<String> PLAIN_BEGINNINGS = Set.of("gaussian", "orthogonal", "eva");

  static AdapterConfig read(ModelFolder folder) {
    JsonNode config = folder.json(ModelFolder.ADAPTER_CONFIG);
    String where = folder.path().resolve(ModelFolder.ADAPTER_CONFIG).toString();
    if (!config.path(TYPE).asString("").equals("LORA")) {
      throw new UserError(
          "%s: %s is %s, but only LORA adapters are read."
              .formatted(where, TYPE, config.path(TYPE)));
    }
    for (String key : config.propertyNames()) {
      JsonNode value = config.get(key);
      boolean isPlain =
          switch (key) {
            case INITIAL ->
                value.isBoolean()
                    || value.isNull()
                    || PLAIN_BEGINNINGS.contains(value.asString(""));
            case BIAS -> value.isNull() || value.asString("").equals("none");
            default -> HARMLESS.contains(key) || isUnset(value);
          };
      if (!isPlain) {
        throw new UserError(
            "%s: %s is %s, which is not supported in an adapter; merge it into its base with PEFT (merge_and_unload) first."
                .formatted(where, key, value));
      }
    }
    JsonNode alpha = config.path(ALPHA);
    if (!alpha.isNumber()) {
      throw new UserError(where + ": " + ALPHA + " is " + alpha + ", expected a number.");
    }
    return new AdapterConfig(alpha.asDouble(), config.path(BY_ROOT).asBoolean(false));
  }

  /** The factor of B A. */
  double scale(long rank) {
    return alpha / (byRoot ? Math.sqrt((double) rank) : rank);
  }

  /** Whether a value means that the option is not used. */
  private static boolean isUnset(JsonNode value) {
    return value.isNull()
        || value.isBoolean() && !value.asBoolean()
        || value.isContainer() && value.isEmpty()
        || value.isString() && value.asString().isEmpty();
  }
}
