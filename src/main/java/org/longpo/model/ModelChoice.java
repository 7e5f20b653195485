package org.longpo.model;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.text.ChatSettings;

/**
 * Which model is opened and how.
 *
 * @param folder a Hugging Face checkpoint folder
 * @param dtype float32 or bfloat16; empty: what suits the checkpoint and the machine
 * @param device cpu or cuda
 * @param rope what of the configuration's position embedding is changed
 * @param chat what the chat template is given; with a date where the template asks for one
 */
public record ModelChoice(
    Path folder, Optional<String> dtype, String device, RopeOverride rope, ChatSettings chat) {

  public ModelChoice withFolder(Path other) {
    return new ModelChoice(other, dtype, device, rope, chat);
  }

  public ModelChoice withRope(RopeOverride other) {
    return new ModelChoice(folder, dtype, device, other, chat);
  }

  public ModelChoice withChat(ChatSettings other) {
    return new ModelChoice(folder, dtype, device, rope, other);
  }

  public ModelConfig applyTo(ModelConfig config) {
    return rope.applyTo(config);
  }

  /**
   * The type to compute in: the one asked for; else bfloat16 for 16-bit checkpoints where the
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
    return where == Device.CUDA || probe.hasFastBfloat16() ? DType.BFLOAT16 : DType.FLOAT32;
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
