package org.longpo.engine;

import java.util.ArrayList;
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
   * Reads rows of the tree.
   *
   * @param unread sorted; the rows before them on their paths are unread too, or in the memory
   * @param wantedRows some of them, in any order
   * @return hidden states after the last block of the wanted rows, [rows, hidden size]
   */
  Tensor run(int[] unread, Memory memory, int[] wantedRows) {
    try (Scope scope = Scope.open()) {
      int[] tokens = Arrays.stream(unread).map(tree::token).toArray();
      int[] treePositions = tree.positions();
      int[] positions = Arrays.stream(unread).map(row -> treePositions[row]).toArray();
      Rotation rotation = model.rotation(positions, pathLength);
      int[] wanted = Arrays.stream(wantedRows).sorted().distinct().toArray();
      Tensor hidden =
          new LayerWalk(model)
              .stream(
                  model.embed(tokens),
                  (layer, block, stream) -> {
                    try (Scope layerScope = Scope.open()) {
                      KeysAndValues rows = memory.rows(layer);
                      LayerRows read = new LayerRows(layer, block, unread, stream, rotation, rows);
                      boolean isLast = layer == model.config().layers() - 1;
                      Tensor output = isLast ? last(read, wanted) : all(read);
                      memory.complete(layer, rows);
                      return layerScope.keep(output);
                    }
                  });
      int[] places =
          Arrays.stream(wantedRows).map(row -> Arrays.binarySearch(wanted, row)).toArray();
      return scope.keep(hidden.indexSelect(0, Tensor.of(places, model.device())));
    }
  }

  /**
   * A layer at work.
   *
   * @param unread the rows that it reads
   * @param stream their hidden states
   * @param rows where the layer's keys and values go
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record LayerRows(
      int layer,
      TransformerBlock block,
      int[] unread,
      Tensor stream,
      Rotation rotation,
      KeysAndValues rows) {
    int[] of(Tile chunk) {
      return Arrays.copyOfRange(unread, chunk.start(), chunk.end());
    }

    /** Writes the chunk's keys and values. */
    Projected project(Tile chunk) {
      Projected projected =
          block.project(
              stream.rows(chunk.start(), chunk.end()), rotation.rows(chunk.start(), chunk.end()));
      rows.write(of(chunk), projected.k(), projected.v());
      return projected;
    }
  }

  /** Replaces all rows of the stream by the layer's output. */
  private Tensor all(LayerRows read) {
    for (Tile chunk : chunks(read.unread())) {
      try (Scope ignored = Scope.open()) {
        Tensor input = read.stream().rows(chunk.start(), chunk.end());
        Tensor attended = attend(read, read.project(chunk).q(), read.of(chunk));
        input.copyInPlace(read.block().finish(input, attended));
      }
    }
    return read.stream();
  }

  /**
   * The last layer's output of some rows alone: of the others nobody needs more than keys and
   * values.
   *
   * @param wanted rows of the tree, sorted
   * @return [wanted rows, hidden size]
   */
  private Tensor last(LayerRows read, int[] wanted) {
    for (Tile chunk : chunks(read.unread())) {
      try (Scope ignored = Scope.open()) {
        read.project(chunk);
      }
    }
    Tensor output =
        Tensor.empty(model.dtype(), model.device(), wanted.length, model.config().hiddenSize());
    for (Tile some : chunks(wanted)) {
      try (Scope ignored = Scope.open()) {
        int[] rows = Arrays.copyOfRange(wanted, some.start(), some.end());
        int[] places =
            Arrays.stream(rows).map(row -> Arrays.binarySearch(read.unread(), row)).toArray();
        Tensor indices = Tensor.of(places, model.device());
        Tensor input = read.stream().indexSelect(0, indices);
        Tensor query = read.block().project(input, read.rotation().select(indices)).q();
        output
            .rows(some.start(), some.end())
            .copyInPlace(read.block().finish(input, attend(read, query, rows)));
      }
    }
    return output;
  }

  private List<Tile> chunks(int[] rows) {
    return Tile.cut(rows.length, settings.prefillTokens());
  }

  /** query: those of some sorted rows. */
  private Tensor attend(LayerRows read, Tensor query, int[] rows) {
    return attention
        .forward(query, read.rows().keys(), read.rows().values(), planOf(rows, read.layer()), 0)
        .out();
  }

  /** The parts of some sorted rows, which stand side by side as queries from 0 on. */
  private List<AttentionPart> planOf(int[] rows, int layer) {
    List<AttentionPart> parts = new ArrayList<>();
    for (int from = 0; from < rows.length; ) {
      int to = from + 1;
      while (to < rows.length && rows[to] == rows[to - 1] + 1) {
        to++;
      }
      int shift = from - rows[from];
      AttentionPlan.of(tree, rows[from], rows[to - 1] + 1, model.slidingWindow(layer))
          .forEach(part -> parts.add(part.shifted(shift)));
      from = to;
    }
    return smallFirst(AttentionPart.joined(parts));
  }

  /**
   * Rectangles that many rows read come last: they are merged once into what their rows have from
   * the small ones, and not each small one into them.
   */
  private static List<AttentionPart> smallFirst(List<AttentionPart> parts) {
    return parts.stream().sorted(Comparator.comparingInt(AttentionPart::queries)).toList();
  }
}
