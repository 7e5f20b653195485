package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;

/**
 * Low-rank adaptation (Hu et al., arXiv:2106.09685): instead of a weight W, a product of two small
 * matrices beside it is trained. Component names are PEFT's in camel case.
 *
 * @param rank columns of A's transpose and of B (PEFT: {@code r})
 * @param alpha the product counts {@code alpha / rank} (PEFT: {@code lora_alpha})
 * @param targetModules projections that get an adapter, by the last part of their Hugging Face
 *     names, in the order of {@link #MODULES}; {@code all-linear} stands for all
 */
public record LoraSettings(int rank, double alpha, List<String> targetModules) {
  /** Every projection of a block. */
  public static final List<String> MODULES =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** PEFT's name for all of them. */
  public static final String ALL_LINEAR = "all-linear";

  public LoraSettings {
    if (rank < 1) {
      throw new UserError("lora_r must be at least 1, but is " + rank + ".");
    }
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new UserError("lora_alpha must be a positive number, but is " + alpha + ".");
    }
    targetModules = resolved(targetModules);
  }

  private static List<String> resolved(List<String> targets) {
    if (targets.isEmpty()) {
      throw new UserError(
          "lora_target_modules is empty: name some of " + MODULES + ", or " + ALL_LINEAR + ".");
    }
    if (targets.equals(List.of(ALL_LINEAR))) {
      return MODULES;
    }
    for (String target : targets) {
      if (!MODULES.contains(target)) {
        throw new UserError(
            "lora_target_modules has '%s', which is no projection%s; there are %s, or %s for all."
                .formatted(
                    target,
                    Nearest.to(target, MODULES).map(name -> "; did you mean " + name).orElse(""),
                    String.join(", ", MODULES),
                    ALL_LINEAR));
      }
    }
    return MODULES.stream().filter(targets::contains).toList();
  }

  /** Factor of {@code B A} beside W. */
  public double scale() {
    return alpha / rank;
  }

  /** Whether a projection such as {@code model.layers.0.self_attn.q_proj} gets an adapter. */
  boolean targets(String module) {
    return targetModules.contains(module.substring(module.lastIndexOf('.') + 1));
  }

  /** A and B of every target, with their shapes, in the order of the checkpoint's weights. */
  public List<ExpectedTensor> tensors(ModelConfig config) {
    List<ExpectedTensor> tensors = new ArrayList<>();
    for (ExpectedTensor weight : ExpectedTensors.of(config)) {
      String module = LowRankAdapter.module(weight.name());
      if (weight.dimensions().size() == 2 && targets(module)) {
        long outputs = weight.dimensions().get(0);
        long inputs = weight.dimensions().get(1);
        tensors.add(
            new ExpectedTensor(LowRankAdapter.nameOfA(module), List.of((long) rank, inputs)));
        tensors.add(
            new ExpectedTensor(LowRankAdapter.nameOfB(module), List.of(outputs, (long) rank)));
      }
    }
    return tensors;
  }
}
