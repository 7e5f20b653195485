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
   * Reads the tree's rows from {@code firstRow} on.
   *
   * @return hidden states after the last block of the given rows, [rows, hidden size]
   */
  Tensor run(int firstRow, Memory memory, int[] wantedRows) {
    try (Scope scope = Scope.open()) {
      int[] tokens = Arrays.copyOfRange(tree.tokens(), firstRow, tree.rows());
      int[] positions = Arrays.copyOfRange(tree.positions(), firstRow, tree.rows());
      Rotation rotation = model.rotation(positions, pathLength);
      int[] wanted = Arrays.stream(wantedRows).sorted().distinct().toArray();
      Tensor hidden =
          new LayerWalk(model)
              .stream(
                  model.embed(tokens),
                  (layer, block, stream) -> {
                    try (Scope layerScope = Scope.open()) {
                      KeysAndValues rows = memory.rows(layer);
                      LayerRows read =
                          new LayerRows(layer, block, firstRow, stream, rotation, rows);
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
   * @param stream hidden states of the rows from {@code firstRow} on
   * @param rows where the layer's keys and values go
   */
  private record LayerRows(
      int layer,
      TransformerBlock block,
      int firstRow,
      Tensor stream,
      Rotation rotation,
      KeysAndValues rows) {
    Tensor input(Tile chunk) {
      return stream.rows(chunk.start() - firstRow, chunk.end() - firstRow);
    }

    /** Writes the chunk's keys and values. */
    Projected project(Tile chunk) {
      Projected projected =
          block.project(
              input(chunk), rotation.rows(chunk.start() - firstRow, chunk.end() - firstRow));
      rows.keys().rows(chunk.start(), chunk.end()).copyInPlace(projected.k());
      rows.values().rows(chunk.start(), chunk.end()).copyInPlace(projected.v());
      return projected;
    }
  }

  /** Replaces all rows of the stream by the layer's output. */
  private Tensor all(LayerRows read) {
    for (Tile chunk : chunks(read.firstRow())) {
      try (Scope ignored = Scope.open()) {
        Tensor input = read.input(chunk);
        Tensor attended =
            attend(read, read.project(chunk).q(), plan(chunk, read.layer()), chunk.start());
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
    for (Tile chunk : chunks(read.firstRow())) {
      try (Scope ignored = Scope.open()) {
        read.project(chunk);
      }
    }
    Tensor output =
        Tensor.empty(model.dtype(), model.device(), wanted.length, model.config().hiddenSize());
    for (Tile some : Tile.cut(wanted.length, settings.prefillTokens())) {
      try (Scope ignored = Scope.open()) {
        int[] rows = Arrays.copyOfRange(wanted, some.start(), some.end());
        Tensor indices =
            Tensor.of(
                Arrays.stream(rows).map(row -> row - read.firstRow()).toArray(), model.device());
        Tensor input = read.stream().indexSelect(0, indices);
        Tensor query = read.block().project(input, read.rotation().select(indices)).q();
        Tensor attended = attend(read, query, planOf(rows, read.layer()), 0);
        output.rows(some.start(), some.end()).copyInPlace(read.block().finish(input, attended));
      }
    }
    return output;
  }

  private List<Tile> chunks(int firstRow) {
    return Tile.cut(firstRow, tree.rows(), settings.prefillTokens());
  }

  private Tensor attend(LayerRows read, Tensor query, List<AttentionPart> parts, int firstQuery) {
    return attention
        .forward(query, read.rows().keys(), read.rows().values(), parts, firstQuery)
        .out();
  }

  private List<AttentionPart> plan(Tile chunk, int layer) {
    return smallFirst(
        AttentionPlan.of(tree, chunk.start(), chunk.end(), model.slidingWindow(layer)));
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
