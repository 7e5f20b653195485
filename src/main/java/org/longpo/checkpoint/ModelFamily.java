package org.longpo.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The supported model families, by their names in config.json. */
public enum ModelFamily {
  LLAMA("llama", "LlamaForCausalLM"),
  MISTRAL("mistral", "MistralForCausalLM"),
  QWEN2("qwen2", "Qwen2ForCausalLM"),
  QWEN3("qwen3", "Qwen3ForCausalLM");

  private final String modelType;
  private final String architecture;

  ModelFamily(String modelType, String architecture) {
    this.modelType = modelType;
    this.architecture = architecture;
  }

  /** config.json's {@code model_type}. */
  public String modelType() {
    return modelType;
  }

  /** The entry of config.json's {@code architectures}. */
  public String architecture() {
    return architecture;
  }

  static Optional<ModelFamily> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  static Optional<ModelFamily> ofArchitecture(String architecture) {
    return Arrays.stream(values()).filter(f -> f.architecture.equals(architecture)).findFirst();
  }

  /** The supported architectures, for errors. */
  static List<String> architectures() {
    return Arrays.stream(values()).map(ModelFamily::architecture).toList();
  }
}
