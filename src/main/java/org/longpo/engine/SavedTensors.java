package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tensor.Device;
import org.longpo.tensor.Tensor;

/**
 * What forward keeps for backward, one tensor a layer: where it was computed, or in host memory
 * until its layer's turn comes, so that the device holds the tensor of one layer at a time.
 */
final class SavedTensors {
  private final Device device;
  private final boolean offload;
  private final List<Tensor> kept = new ArrayList<>();

  SavedTensors(Device device, boolean offload) {
    this.device = device;
    this.offload = offload;
  }

  /** Saves the next layer's tensor, which belongs to the scope open now and is released here. */
  void add(Tensor tensor) {
    if (offload) {
      kept.add(tensor.toHost());
      tensor.free();
    } else {
      kept.add(tensor);
    }
  }

  /** A layer's tensor on the device. */
  Tensor get(int layer) {
    return offload ? kept.get(layer).toAsynchronously(device) : kept.get(layer);
  }

  void free(int layer) {
    kept.get(layer).free();
  }
}
