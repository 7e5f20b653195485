package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * The prompts that were read in one pass, as long as one of their sequences is active: the rows
 * that several of them share.
 */
final class Wave implements Prefill.Memory {
  private final LanguageModel model;
  private final PrefixLayout layout;
  private final OwnRows own;
  private final Tensor rowsOfSpans;
  private final Tensor ownRows;
  private final Tensor ownIndex;
  private final List<KeysAndValues> shared = new ArrayList<>();
  private int active;

  /**
   * Allocates in the scope that is open now.
   *
   * @param own takes the rows of single sequences
   * @param slots by sequence of the layout
   */
  Wave(LanguageModel model, PrefixLayout layout, OwnRows own, int[] slots) {
    this.model = model;
    this.layout = layout;
    this.own = own;
    this.active = slots.length;
    for (int layer = 0; layer < model.config().layers(); layer++) {
      shared.add(KeysAndValues.empty(model, layout.sharedRows()));
    }
    int[][] rows = IntStream.range(0, slots.length).mapToObj(layout::ownRows).toArray(int[][]::new);
    int[] all = IntStream.range(0, rows.length).flatMap(s -> IntStream.of(rows[s])).toArray();
    int[] slotOfRow =
        IntStream.range(0, rows.length)
            .flatMap(s -> IntStream.range(0, rows[s].length).map(i -> slots[s]))
            .toArray();
    int[] places =
        IntStream.range(0, rows.length).flatMap(s -> IntStream.range(0, rows[s].length)).toArray();
    rowsOfSpans = Tensor.of(layout.rowsOfSpans(), model.device());
    ownRows = Tensor.of(all, model.device());
    ownIndex = Tensor.of(own.index(slotOfRow, places), model.device());
  }

  PrefixLayout layout() {
    return layout;
  }

  @Override
  public KeysAndValues rows(int layer) {
    return KeysAndValues.empty(model, layout.tree().rows());
  }

  @Override
  public void complete(int layer, KeysAndValues rows) {
    try (Scope ignored = Scope.open()) {
      if (layout.sharedRows() > 0) {
        shared.get(layer).keys().copyInPlace(rows.keys().indexSelect(0, rowsOfSpans));
        shared.get(layer).values().copyInPlace(rows.values().indexSelect(0, rowsOfSpans));
      }
      if (ownRows.size(0) > 0) {
        own.write(
            layer,
            ownIndex,
            rows.keys().indexSelect(0, ownRows),
            rows.values().indexSelect(0, ownRows));
      }
    }
  }

  /** The rows of the spans of a layer. */
  KeysAndValues shared(int layer) {
    return shared.get(layer);
  }

  /** One of its sequences has ended; with the last one the rows are freed. */
  void leave() {
    active--;
    if (active == 0) {
      shared.forEach(
          rows -> {
            rows.keys().free();
            rows.values().free();
          });
      shared.clear();
      rowsOfSpans.free();
      ownRows.free();
      ownIndex.free();
    }
  }

  boolean isOver() {
    return active == 0;
  }
}
