package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the weights of a model come from, part by part.
 *
 * @param embedding rows of tokens, [vocabulary, hidden size]
 * @param layers the blocks, first to last
 * @param head final norm and output projection; asked for by {@link #leaseHead}
 * @param isTied whether the projection's weight is the embedding's
 */
record ModelWeights(
    WeightPart<Parameter> embedding,
    List<WeightPart<TransformerBlock>> layers,
    WeightPart<OutputHead> head,
    boolean isTied) {
  ModelWeights {
    layers = List.copyOf(layers);
  }

  /**
   * The final norm and the projection to logits.
   *
   * @param projection shares its weight with the embedding where the two are tied
   */
  record OutputHead(RmsNorm norm, Linear projection) {}

  /** Weights that stay where they are, for as long as the scope lives that they were made in. */
  static ModelWeights resident(
      Parameter embedding, List<TransformerBlock> blocks, OutputHead head) {
    List<Parameter> ofHead = new ArrayList<>(List.of(head.norm().weight()));
    head.projection().parameters().stream().filter(p -> p != embedding).forEach(ofHead::add);
    return new ModelWeights(
        WeightPart.resident(embedding, List.of(embedding)),
        blocks.stream().map(block -> WeightPart.resident(block, block.parameters())).toList(),
        WeightPart.resident(head, ofHead),
        head.projection().weight() == embedding);
  }

  /** Puts another kind of part in place of one. */
  interface Source {
    <W> WeightPart<W> of(WeightPart<W> part);
  }

  /** The same weights from another source. */
  ModelWeights from(Source source) {
    return new ModelWeights(
        source.of(embedding), layers.stream().map(source::of).toList(), source.of(head), isTied);
  }

  /** The same weights without adapters, which only layers have. */
  ModelWeights withoutAdapters() {
    return new ModelWeights(
        embedding,
        layers.stream()
            .map(
                layer ->
                    layer.as(
                        TransformerBlock::withoutAdapters,
                        parameter -> !LowRankAdapter.isPart(parameter.name())))
            .toList(),
        head,
        isTied);
  }

  /** The head, and with it the embedding where the two share a weight. */
  Lease<OutputHead> leaseHead() {
    if (!isTied) {
      return head.lease();
    }
    Lease<Parameter> shared = embedding.lease();
    Lease<OutputHead> own;
    try {
      own = head.lease();
    } catch (Throwable e) {
      shared.close();
      throw e;
    }
    return new Lease<>() {
      @Override
      public OutputHead weights() {
        return own.weights();
      }

      @Override
      public void close() {
        own.close();
        shared.close();
      }
    };
  }

  /** All parts, in the order of a checkpoint. */
  WeightParts parts() {
    List<WeightPart<?>> parts = new ArrayList<>();
    parts.add(embedding);
    parts.addAll(layers);
    parts.add(head);
    return new WeightParts(parts);
  }
}
