package org.longpo.engine;

import java.util.Arrays;
import org.longpo.engine.TransformerBlock.Projected;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPlan;
import org.longpo.tree.TokenTree;

/**
 * Reads a token tree into a cache, a chunk of rows at a time through all layers, so that memory
 * beyond the cache does not grow with the tree.
 */
final class Prefill {
  private final LanguageModel model;
  private final TokenTree tree;
  private final EngineSettings settings;
  private final TreeAttention attention;
  private final KeyValueCache cache;
  private final int pathLength;

  Prefill(
      LanguageModel model,
      TokenTree tree,
      EngineSettings settings,
      KeyValueCache cache,
      int pathLength) {
    this.model = model;
    this.tree = tree;
    this.settings = settings;
    this.attention = model.attention(settings);
    this.cache = cache;
    this.pathLength = pathLength;
  }

  /** Hidden states after the last block of the given rows, [rows, hidden size]. */
  Tensor run(int[] wantedRows) {
    try (Scope scope = Scope.open()) {
      Tensor wanted =
          Tensor.empty(
              model.dtype(), model.device(), wantedRows.length, model.config().hiddenSize());
      for (Tile chunk : Tile.cut(tree.rows(), settings.prefillTokens())) {
        try (Scope ignored = Scope.open()) {
          Tensor hidden = readChunk(chunk);
          for (int i = 0; i < wantedRows.length; i++) {
            int row = wantedRows[i] - chunk.start();
            if (row >= 0 && row < chunk.rows()) {
              wanted.rows(i, i + 1L).copyInPlace(hidden.rows(row, row + 1L));
            }
          }
        }
      }
      return scope.keep(wanted);
    }
  }

  private Tensor readChunk(Tile chunk) {
    int[] tokens = Arrays.copyOfRange(tree.tokens(), chunk.start(), chunk.end());
    int[] positions = Arrays.copyOfRange(tree.positions(), chunk.start(), chunk.end());
    Rotation rotation = model.rotation(positions, pathLength);
    Tensor stream = model.embed(tokens);
    for (int layer = 0; layer < model.blocks().size(); layer++) {
      TransformerBlock block = model.blocks().get(layer);
      try (Scope layerScope = Scope.open()) {
        Projected projected = block.project(stream, rotation);
        cache.keys(layer).rows(chunk.start(), chunk.end()).copyInPlace(projected.k());
        cache.values(layer).rows(chunk.start(), chunk.end()).copyInPlace(projected.v());
        Tensor attended =
            attention
                .forward(
                    projected.q(),
                    cache.keys(layer),
                    cache.values(layer),
                    AttentionPlan.of(tree, chunk.start(), chunk.end(), model.slidingWindow(layer)),
                    chunk.start())
                .out();
        stream = layerScope.keep(block.finish(stream, attended));
      }
    }
    return stream;
  }
}
