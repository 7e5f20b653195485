package org.longpo.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.longpo.error.UserError;

/**
 * Keys of config.json that families spell alike, and the limits that all models have. Defaults are
 * the families' own.
 */
public record CommonKeys(ConfigObject config) {
  /** Far above any model; a wrong number must not fill the memory with layer names. */
  private static final int MAX_LAYERS = 10_000;

  /** The activation under a key that families name differently. */
  public Activation activation(String key, String name) {
    return Activation.ofConfigName(name)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: %s is %s, only %s are supported."
                        .formatted(
                            config.where(),
                            key,
                            name,
                            Activation.configNames().collect(Collectors.joining(" and ")))));
  }

  /** {@code num_hidden_layers}. */
  public int layers(int ifAbsent) {
    String key = "num_hidden_layers";
    int layers = config.positiveOr(key, ifAbsent);
    if (layers > MAX_LAYERS) {
      throw new UserError(
          "%s: %s is %d, expected at most %d.".formatted(config.where(), key, layers, MAX_LAYERS));
    }
    return layers;
  }

  /** Refuses a hidden size that heads do not divide. */
  public void requireWholeHeads(int hiddenSize, int heads) {
    if (hiddenSize % heads != 0) {
      throw new UserError(
          "%s: hidden_size, %d, is not a multiple of num_attention_heads, %d."
              .formatted(config.where(), hiddenSize, heads));
    }
  }

  /** {@code num_key_value_heads}, as the family reads it. */
  public int keyValueHeads(int heads, int attentionHeads) {
    if (heads <= 0 || attentionHeads % heads != 0) {
      throw new UserError(
          "%s: num_key_value_heads is %d, which does not divide num_attention_heads, %d."
              .formatted(config.where(), heads, attentionHeads));
    }
    return heads;
  }

  /** The head dimension, as the family reads it. */
  public int headDim(int headDim) {
    if (headDim <= 0 || headDim % 2 != 0) {
      throw new UserError(
          "%s: the head dimension is %d, RoPE needs an even one."
              .formatted(config.where(), headDim));
    }
    return headDim;
  }

  /** {@code sliding_window}: tokens, or null. */
  public OptionalInt slidingWindow(int ifAbsent) {
    String key = "sliding_window";
    return config.has(key) ? config.nullableInt(key) : OptionalInt.of(ifAbsent);
  }

  /** Refuses a window that is in use and holds no token. */
  public OptionalInt requireTokens(OptionalInt window) {
    if (window.isPresent() && window.getAsInt() <= 0) {
      throw new UserError(
          "%s: sliding_window is %d, expected at least 1 or null."
              .formatted(config.where(), window.getAsInt()));
    }
    return window;
  }

  /**
   * {@code layer_types}; empty where there are none.
   *
   * @param window the tokens that a sliding layer sees
   * @param windowKeys the keys that give it, for errors
   */
  public Optional<List<LayerType>> layerTypes(int layers, OptionalInt window, String windowKeys) {
    Optional<List<String>> named = config.nullableStrings("layer_types");
    if (named.isEmpty()) {
      return Optional.empty();
    }
    if (named.get().size() != layers) {
      throw new UserError(
          "%s: layer_types has %d entries, expected one per layer, %d."
              .formatted(config.where(), named.get().size(), layers));
    }
    List<LayerType> types = new ArrayList<>();
    for (String name : named.get()) {
      types.add(layerType(name));
    }
    if (window.isEmpty() && types.contains(LayerType.SLIDING_ATTENTION)) {
      throw new UserError(
          "%s: layer_types contains sliding_attention, but %s no window."
              .formatted(config.where(), windowKeys));
    }
    return Optional.of(types);
  }

  private LayerType layerType(String name) {
    return switch (name) {
      // "attention" is the older name of full attention.
      case "full_attention", "attention" -> LayerType.FULL_ATTENTION;
      case "sliding_attention" -> LayerType.SLIDING_ATTENTION;
      default ->
          throw new UserError(
              "%s: layer_types has %s; supported are full_attention and sliding_attention."
                  .formatted(config.where(), name));
    };
  }

  /** {@code dtype}, or its older name {@code torch_dtype}. */
  public Optional<ElementType> dtype() {
    Optional<String> name =
        config.nullableString("dtype").or(() -> config.nullableString("torch_dtype"));
    return name.map(this::dtype);
  }

  private ElementType dtype(String name) {
    return ElementType.ofConfigName(name)
        .filter(ElementType::isFloatingPoint)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: dtype is %s; supported are float64, float32, float16 and bfloat16."
                        .formatted(config.where(), name)));
  }
}
