package org.longpo.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The function in an MLP's gate, by its names in config.json. */
public enum Activation {
  /** {@code x * sigmoid(x)}. */
  SILU("silu", "swish"),
  /** {@code x * Phi(x)}, the normal distribution being approximated with a tanh. */
  GELU_TANH("gelu_pytorch_tanh");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  static Optional<Activation> ofConfigName(String name) {
    return Arrays.stream(values()).filter(a -> a.names.contains(name)).findFirst();
  }

  /** The usual name of each, for errors. */
  static Stream<String> configNames() {
    return Arrays.stream(values()).map(activation -> activation.names.getFirst());
  }
}
