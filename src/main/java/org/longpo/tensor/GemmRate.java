package org.longpo.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rate of a large matrix product: the highest rate of the machine. */
public final class GemmRate {
  private static final int SIZE = 2048;
  private static final int RUNS = 8;

  private static final Map<Kind, Double> MEASURED = new ConcurrentHashMap<>();

  private record Kind(DType dtype, Device device) {}

  private GemmRate() {}

  /** As {@link #measure}, once per process. */
  public static double ofMachine(DType dtype, Device device) {
    return MEASURED.computeIfAbsent(
        new Kind(dtype, device), kind -> measure(kind.dtype(), kind.device()));
  }

  /** Floating-point operations per second, the best of several products. */
  public static double measure(DType dtype, Device device) {
    try (Scope ignored = Scope.open()) {
      Tensor left = Tensor.full(0.5, dtype, device, SIZE, SIZE);
      Tensor right = Tensor.full(0.25, dtype, device, SIZE, SIZE);
      double shortest = Double.POSITIVE_INFINITY;
      for (int run = 0; run < RUNS; run++) {
        try (Scope product = Scope.open()) {
          Libtorch.synchronize(device);
          long start = System.nanoTime();
          left.matmul(right);
          Libtorch.synchronize(device);
          shortest = Math.min(shortest, (System.nanoTime() - start) / 1e9);
        }
      }
      return 2.0 * SIZE * SIZE * SIZE / shortest;
    }
  }
}
