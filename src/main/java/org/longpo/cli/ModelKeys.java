package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.model.ModelChoice;
import org.longpo.settings.Key;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;

/** The settings of every command that opens a model. */
final class ModelKeys {
  static final Section SECTION = new Section("Model");

  static final Key<Path> MODEL =
      SECTION.add(
          Key.required(
              "model",
              KeyTypes.FOLDER,
              "Hugging Face checkpoint folder, or a LoRA adapter's beside its base: config.json,"
                  + " *.safetensors, tokenizer.json and what goes with it. Llama, Mistral, Qwen2"
                  + " and Qwen3 architectures."));

  static final Key<String> DTYPE =
      SECTION.add(
          Key.derived(
              "dtype",
              KeyTypes.choice(List.of("float32", "bfloat16", "float64"), name -> name),
              "the checkpoint's type, but float32 for a 16-bit checkpoint where the processor has"
                  + " no fast bfloat16",
              "Type of weights and activations: float32, bfloat16 or float64."));

  static final Key<String> DEVICE =
      SECTION.add(
          Key.of(
              "device",
              KeyTypes.choice(List.of("cpu", "cuda"), name -> name),
              "cpu",
              "cpu or cuda."));

  private ModelKeys() {}

  static ModelChoice choice(Settings settings) {
    return new ModelChoice(
        settings.get(MODEL),
        settings.find(DTYPE),
        settings.get(DEVICE),
        RopeOverride.NONE,
        ChatKeys.settings(settings));
  }
}
