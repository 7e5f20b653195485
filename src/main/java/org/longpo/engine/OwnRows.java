package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Keys and values that belong to one sequence each: the end of its prompt and the tokens it drew.
 * Every sequence has a slot; the active ones have the first slots, so that reading all of them is a
 * view and copies nothing.
 *
 * <p>Legend: B active slots, G key/value heads, C rows of a slot, D head dimension; [slots, G, C,
 * D] a layer.
 */
final class OwnRows {
  private final List<KeysAndValues> layers = new ArrayList<>();
  private final int heads;
  private final int headDim;
  private final int capacity;

  /** Allocates in the scope that is open now. */
  OwnRows(LanguageModel model, int slots, int capacity) {
    this.heads = model.config().keyValueHeads();
    this.headDim = model.config().headDim();
    this.capacity = capacity;
    for (int layer = 0; layer < model.config().layers(); layer++) {
      // A row that nobody sees has the weight 0, and 0 times what memory happens to hold may be
      // NaN: values begin as zeros. Scores of such rows are replaced, whatever the keys are.
      Tensor keys = empty(model, slots);
      layers.add(new KeysAndValues(keys, empty(model, slots).fillInPlace(0)));
    }
  }

  private Tensor empty(LanguageModel model, int slots) {
    return Tensor.empty(model.dtype(), model.device(), slots, heads, capacity, headDim);
  }

  /**
   * Where rows are in a layer that is read as rows of one head each.
   *
   * @param slots of the rows
   * @param places of the rows in their slots
   * @return [rows x G]
   */
  int[] index(int[] slots, int[] places) {
    int[] index = new int[slots.length * heads];
    for (int row = 0; row < slots.length; row++) {
      if (places[row] >= capacity) {
        throw new IllegalStateException("place " + places[row] + " in a slot of " + capacity);
      }
      for (int head = 0; head < heads; head++) {
        index[row * heads + head] =
            Math.toIntExact(((long) slots[row] * heads + head) * capacity + places[row]);
      }
    }
    return index;
  }

  /**
   * Writes rows of a layer.
   *
   * @param index as {@link #index} gives it
   * @param keys [rows, G, D]
   * @param values the same
   */
  void write(int layer, Tensor index, Tensor keys, Tensor values) {
    flat(layers.get(layer).keys()).indexCopyInPlace(0, index, keys.reshape(-1, headDim));
    flat(layers.get(layer).values()).indexCopyInPlace(0, index, values.reshape(-1, headDim));
  }

  /** Keys of rows [from, to) of the first {@code active} slots, a view: [B, G, to - from, D]. */
  Tensor keys(int layer, int active, int from, int to) {
    return part(layers.get(layer).keys(), active, from, to);
  }

  /** The same of the values. */
  Tensor values(int layer, int active, int from, int to) {
    return part(layers.get(layer).values(), active, from, to);
  }

  /** Copies the first {@code rows} rows of a slot to another. */
  void move(int from, int to, int rows) {
    for (KeysAndValues layer : layers) {
      try (Scope ignored = Scope.open()) {
        for (Tensor all : List.of(layer.keys(), layer.values())) {
          all.rows(to, to + 1L)
              .narrow(2, 0, rows)
              .copyInPlace(all.rows(from, from + 1L).narrow(2, 0, rows));
        }
      }
    }
  }

  private Tensor flat(Tensor all) {
    return all.view(-1, headDim);
  }

  private static Tensor part(Tensor all, int active, int from, int to) {
    return all.rows(0, active).narrow(2, from, to - from);
  }
}
