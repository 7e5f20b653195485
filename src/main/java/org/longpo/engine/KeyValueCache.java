package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tensor.Tensor;

/**
 * Keys and values of every layer for rows that were read already.
 *
 * <p>Legend: S rows, G key/value heads, D head dimension; [S, G, D] each.
 */
final class KeyValueCache {
  private final List<Tensor> keys = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();

  /** Allocates {@code rows} rows, in the scope that is open now. */
  KeyValueCache(LanguageModel model, long rows) {
    var config = model.config();
    for (int layer = 0; layer < config.layers(); layer++) {
      keys.add(empty(model, rows, config.keyValueHeads(), config.headDim()));
      values.add(empty(model, rows, config.keyValueHeads(), config.headDim()));
    }
  }

  private static Tensor empty(LanguageModel model, long rows, long heads, long headDim) {
    return Tensor.empty(model.dtype(), model.device(), rows, heads, headDim);
  }

  Tensor keys(int layer) {
    return keys.get(layer);
  }

  Tensor values(int layer) {
    return values.get(layer);
  }
}
