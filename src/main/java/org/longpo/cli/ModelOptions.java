package org.longpo.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.evolve.ModelChoice;
import picocli.CommandLine.Option;

/** The options of every command that opens a model. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "Hugging Face checkpoint folder: config.json, *.safetensors, tokenizer.json,"
              + " tokenizer_config.json. Llama, Mistral, Qwen2 and Qwen3 architectures.")
  private Path model = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "float32, bfloat16 or float64. Default: the checkpoint's type, but float32 for a 16-bit"
              + " checkpoint where the processor has no fast bfloat16.")
  private @Nullable String dtype;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu or cuda. Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  ModelChoice choice() {
    return new ModelChoice(model, Optional.ofNullable(dtype), device, Optional.empty());
  }
}
