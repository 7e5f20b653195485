package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.settings.Choice;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.SuppliedValues;

/**
 * Low-rank adaptation (Hu et al., arXiv:2106.09685): instead of a weight W, the product of two
 * small matrices that is added to it is trained. Component names are PEFT's in camel case.
 *
 * @param rank columns of A's transpose and of B (PEFT: {@code r})
 * @param alpha the product is multiplied by {@code alpha / rank} (PEFT: {@code lora_alpha})
 * @param targetModules projections that get an adapter, by the last part of their Hugging Face
 *     names, in the order of {@link #MODULES}; {@code all-linear} stands for all
 * @param mergeAdapter whether a checkpoint with the adapter merged into the model is written beside
 *     the adapter
 */
public record LoraSettings(
    @Option(
            name = "lora_r",
            defaultText = "no adapter, the model's own weights are trained",
            meaning =
                "Rank of LoRA's adapters, which are trained instead of the weights that they are"
                    + " added to.")
        @Range(from = 1)
        int rank,
    @Option(
            name = "lora_alpha",
            defaultText = "twice lora_r",
            derivedBy = TwiceTheRank.class,
            label = "A",
            meaning = "An adapter's product is multiplied by lora_alpha / lora_r.")
        @Range(above = 0)
        double alpha,
    @Option(
            name = "lora_target_modules",
            defaultValue = ALL_LINEAR,
            meaning = "Projections that get an adapter.")
        @Choice({
          "q_proj",
          "k_proj",
          "v_proj",
          "o_proj",
          "gate_proj",
          "up_proj",
          "down_proj",
          ALL_LINEAR
        })
        List<String> targetModules,
    @Option(
            defaultValue = "true",
            meaning =
                "Whether RUN/model, with the adapter merged into it, is written beside"
                    + " RUN/adapter.")
        boolean mergeAdapter) {
  /** PEFT's usual choice. */
  static final class TwiceTheRank implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return Optional.ofNullable(options.get("rank")).map(rank -> 2.0 * (Integer) rank);
    }
  }

  /** Every projection of a block. */
  public static final List<String> MODULES =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  /** PEFT's name for all of them. */
  public static final String ALL_LINEAR = "all-linear";

  public LoraSettings {
    OptionChecks.require(LoraSettings.class, rank, alpha, targetModules, mergeAdapter);
    targetModules = resolved(targetModules);
  }

  /** An adapter that is merged into the model when it is trained. */
  public LoraSettings(int rank, double alpha, List<String> targetModules) {
    this(rank, alpha, targetModules, /* mergeAdapter= */ true);
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
            "lora_target_modules has '%s', which is not a projection%s; there are %s, or %s for all."
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
