package org.longpo.engine;

import java.util.List;
import org.longpo.tensor.Tensor;

/**
 * Walks the layers of a model, forward or in reverse, and holds the lease of one layer's weights at
 * a time: the one way through a model, for passes over trees, for prefill and for decoding.
 */
final class LayerWalk {
  private final List<WeightPart<TransformerBlock>> layers;

  LayerWalk(LanguageModel model) {
    this.layers = model.weights().layers();
  }

  /** What is done with one layer. */
  @FunctionalInterface
  interface Step {
    void run(int layer, TransformerBlock block);
  }

  /** From a layer's input to its output. */
  @FunctionalInterface
  interface Stream {
    Tensor next(int layer, TransformerBlock block, Tensor input);
  }

  /** Feeds every layer the output of the one before and returns the last layer's. */
  Tensor stream(Tensor input, Stream stream) {
    Tensor at = input;
    for (int layer = 0; layer < layers.size(); layer++) {
      try (Lease<TransformerBlock> lease = layers.get(layer).lease()) {
        at = stream.next(layer, lease.weights(), at);
      }
    }
    return at;
  }

  /** Last layer first. */
  void backward(Step step) {
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      try (Lease<TransformerBlock> lease = layers.get(layer).lease()) {
        step.run(layer, lease.weights());
      }
    }
  }
}
