package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the weights of a model come from, part by part.
 *
 * @param embedding rows of tokens, [vocabulary, hidden size]
 * @param layers the blocks, first to last
 * @param head final norm and output projection
 */
public record ModelWeights(
    WeightPart<Parameter> embedding,
    List<WeightPart<TransformerBlock>> layers,
    WeightPart<OutputHead> head) {
  public ModelWeights {
    layers = List.copyOf(layers);
  }

  /**
   * The final norm and the projection to logits.
   *
   * @param projection shares its weight with the embedding where the two are tied
   */
  public record OutputHead(RmsNorm norm, Linear projection) {}

  /** Weights that stay where they are, for as long as the scope lives that they were made in. */
  static ModelWeights resident(
      Parameter embedding, List<TransformerBlock> blocks, OutputHead head) {
    List<Parameter> ofHead = new ArrayList<>(List.of(head.norm().weight()));
    ofHead.addAll(head.projection().parameters());
    return new ModelWeights(
        new Resident<>(embedding, List.of(embedding)),
        blocks.stream()
            .<WeightPart<TransformerBlock>>map(block -> new Resident<>(block, block.parameters()))
            .toList(),
        new Resident<>(head, ofHead));
  }

  /** All parts, in the order of a checkpoint. */
  public List<WeightPart<?>> parts() {
    List<WeightPart<?>> parts = new ArrayList<>();
    parts.add(embedding);
    parts.addAll(layers);
    parts.add(head);
    return parts;
  }

  /** Weights in memory: a lease costs nothing. */
  private record Resident<W>(W weights, List<Parameter> parameters)
      implements WeightPart<W>, Lease<W> {
    @Override
    public Lease<W> lease() {
      return this;
    }

    @Override
    public void close() {
      // They stay.
    }
  }
}
