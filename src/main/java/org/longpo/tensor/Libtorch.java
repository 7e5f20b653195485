package org.longpo.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;
import org.longpo.error.UserError;

/** The library: its version, its threads, its abilities on this machine. */
public final class Libtorch {
  /**
   * The variable with which cuBLAS configures its workspace; only a fixed one gives the same bits.
   */
  private static final String CUBLAS_WORKSPACE = "CUBLAS_WORKSPACE_CONFIG";

  private Libtorch() {}

  /** The version of the bindings, for instance 2.10.0-1.5.13; it starts with libtorch's own. */
  public static String version() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Threads that one operation is spread over. */
  public static int threads() {
    return torch.get_num_threads();
  }

  /**
   * Spreads the operations of the calling thread over this many threads. Other threads keep theirs;
   * those that start later take what was set last.
   */
  public static void useThreads(int threads) {
    torch.set_num_threads(threads);
    MklThreads.use(threads);
  }

  public static boolean hasCuda() {
    return torch.hasCUDA() && torch.cuda_device_count() > 0;
  }

  /**
   * Bytes that a CUDA device has left for this process; the allocator's cache counts as used. Empty
   * for the CPU.
   */
  public static OptionalLong freeBytes(Device device) {
    if (device.isCpu() || !hasCuda()) {
      return OptionalLong.empty();
    }
    try (Scope ignored = Scope.open()) {
      return OptionalLong.of(
          torch_cuda.getAllocator().getMemoryInfo((byte) device.index()).first());
    }
  }

  /**
   * Whether operations give the same bits every time; one that cannot throws. The CPU's do anyway.
   *
   * @throws UserError if the device is CUDA and cuBLAS was not set so before this process started
   */
  public static void setDeterministic(Device device, boolean deterministic) {
    if (deterministic && device.isCuda() && System.getenv(CUBLAS_WORKSPACE) == null) {
      throw new UserError(
          "deterministic on CUDA needs the environment variable "
              + CUBLAS_WORKSPACE
              + " before the program starts; set it to :4096:8.");
    }
    Context context = torch.globalContext();
    context.setDeterministicAlgorithms(deterministic, /* warn_only= */ false);
    context.setDeterministicCuDNN(deterministic);
    context.setBenchmarkCuDNN(false);
    // No code here reads memory before it is written, so filling it would only cost time.
    context.setDeterministicFillUninitializedMemory(false);
  }

  /** Whether {@link #setDeterministic} is on. */
  public static boolean isDeterministic() {
    return torch.globalContext().deterministicAlgorithms();
  }

  /** Waits until the device has done the work it was given; without effect on the CPU. */
  public static void synchronize(Device device) {
    if (device.isCuda()) {
      try (Scope ignored = Scope.open()) {
        torch_cuda.getCurrentCUDAStream((byte) device.index()).synchronize();
      }
    }
  }
}
