package org.longpo.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.longpo.engine.TransformerBlock.Projected;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;
import org.longpo.tree.AttentionPlan;
import org.longpo.tree.TokenTree;

/**
 * Reads a token tree for decoding: layer after layer, and within a layer a chunk of rows at a time,
 * so that each layer's weights are asked for once and memory beyond keys and values is that of one
 * row of hidden states per token.
 */
final class Prefill {
  private final LanguageModel model;
  private final TokenTree tree;
  private final EngineSettings settings;
  private final TreeAttention attention;
  private final int pathLength;

  Prefill(LanguageModel model, TokenTree tree, EngineSettings settings, int pathLength) {
    this.model = model;
    this.tree = tree;
    this.settings = settings;
    this.attention = model.attention(settings);
    this.pathLength = pathLength;
  }

  /** Takes the keys and values of the tree's rows, layer by layer. */
  interface Memory {
    /** Where a layer's are written; rows that were read before the pass are there already. */
    KeysAndValues rows(int layer);

    /** The layer's are complete. */
    default void complete(int layer, KeysAndValues rows) {}
  }

  /**
   * Reads the tree's rows from {@code firstRow} on.
   *
   * @return hidden states after the last block of the given rows, [rows, hidden size]
   */
  Tensor run(int firstRow, Memory memory, int[] wantedRows) {
    try (Scope scope = Scope.open()) {
      int[] tokens = Arrays.copyOfRange(tree.tokens(), firstRow, tree.rows());
      int[] positions = Arrays.copyOfRange(tree.positions(), firstRow, tree.rows());
      Rotation rotation = model.rotation(positions, pathLength);
      Tensor hidden =
          new LayerWalk(model)
              .stream(
                  model.embed(tokens),
                  (layer, block, stream) -> {
                    try (Scope ignored = Scope.open()) {
                      KeysAndValues rows = memory.rows(layer);
                      for (Tile chunk : Tile.cut(firstRow, tree.rows(), settings.prefillTokens())) {
                        readChunk(layer, block, chunk, firstRow, stream, rotation, rows);
                      }
                      memory.complete(layer, rows);
                    }
                    return stream;
                  });
      int[] wanted = Arrays.stream(wantedRows).map(row -> row - firstRow).toArray();
      return scope.keep(hidden.indexSelect(0, Tensor.of(wanted, model.device())));
    }
  }

  /**
   * Rectangles that many rows read come last: they are merged once into what their rows have from
   * the small ones, and not each small one into them.
   */
  private List<AttentionPart> plan(Tile chunk, int layer) {
    return AttentionPlan.of(tree, chunk.start(), chunk.end(), model.slidingWindow(layer)).stream()
        .sorted(Comparator.comparingInt(AttentionPart::queries))
        .toList();
  }

  /** Replaces the chunk's rows of {@code stream} by the layer's output. */
  private void readChunk(
      int layer,
      TransformerBlock block,
      Tile chunk,
      int firstRow,
      Tensor stream,
      Rotation rotation,
      KeysAndValues rows) {
    int start = chunk.start() - firstRow;
    int end = chunk.end() - firstRow;
    try (Scope ignored = Scope.open()) {
      Tensor input = stream.rows(start, end);
      Projected projected = block.project(input, rotation.rows(start, end));
      rows.keys().rows(chunk.start(), chunk.end()).copyInPlace(projected.k());
      rows.values().rows(chunk.start(), chunk.end()).copyInPlace(projected.v());
      Tensor attended =
          attention
              .forward(projected.q(), rows.keys(), rows.values(), plan(chunk, layer), chunk.start())
              .out();
      input.copyInPlace(block.finish(input, attended));
    }
  }
}
