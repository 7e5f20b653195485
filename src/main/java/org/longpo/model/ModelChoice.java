package org.longpo.model;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.error.UserError;
import org.longpo.settings.Choice;
import org.longpo.settings.Option;
import org.longpo.settings.Section;
import org.longpo.settings.Supplied;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.text.ChatSettings;

/**
 * Which model is opened and how.
 *
 * @param folder a Hugging Face checkpoint folder
 * @param dtype float32 or bfloat16; empty: what suits the checkpoint and the machine
 * @param device cpu, cuda or cuda:N
 * @param rope what of the configuration's position embedding is changed
 * @param chat what the chat template is given; with a date where the template uses one
 * @param engine how the engine cuts its work
 */
@Section("Model")
public record ModelChoice(
    @Option(
            name = "model",
            label = "DIR",
            meaning =
                "Hugging Face checkpoint folder, or a LoRA adapter's beside its base: config.json,"
                    + " *.safetensors, tokenizer.json and what goes with it. README.md lists the"
                    + " architectures.")
        Path folder,
    @Option(
            defaultText =
                "the checkpoint's type, but float32 for a 16-bit checkpoint where the processor has"
                    + " no fast bfloat16",
            meaning = "Type of weights and activations: float32, bfloat16 or float64.")
        @Choice({"float32", "bfloat16", "float64"})
        Optional<String> dtype,
    @Option(
            defaultValue = "cpu",
            type = DeviceName.class,
            meaning = "cpu, cuda, or cuda:1 for the second CUDA device.")
        String device,
    @Supplied RopeOverride rope,
    ChatSettings chat,
    EngineOptions engine) {

  public ModelChoice withFolder(Path other) {
    return new ModelChoice(other, dtype, device, rope, chat, engine);
  }

  public ModelChoice withRope(RopeOverride other) {
    return new ModelChoice(folder, dtype, device, other, chat, engine);
  }

  public ModelChoice withChat(ChatSettings other) {
    return new ModelChoice(folder, dtype, device, rope, other, engine);
  }

  public ModelConfig applyTo(ModelConfig config) {
    return rope.applyTo(config);
  }

  /**
   * The type to compute in: the requested one; else bfloat16 for 16-bit checkpoints where the
   * machine multiplies it faster than float32, and float32 otherwise.
   */
  public DType resolveDtype(Checkpoint checkpoint, Device where, KernelProbe probe) {
    if (dtype.isPresent()) {
      return parse(dtype.get());
    }
    ElementType own = checkpoint.dtype();
    boolean is16Bit = own == ElementType.BF16 || own == ElementType.F16;
    if (!is16Bit) {
      return ModelLoader.dtypeOf(own);
    }
    return where.isCuda() || probe.hasFastBfloat16() ? DType.BFLOAT16 : DType.FLOAT32;
  }

  private static DType parse(String name) {
    return switch (name) {
      case "float32" -> DType.FLOAT32;
      case "bfloat16" -> DType.BFLOAT16;
      case "float64" -> DType.FLOAT64;
      default ->
          throw new UserError(
              "--dtype is '" + name + "', it must be float32, bfloat16 or float64.");
    };
  }
}
