package org.longpo.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** The library itself: its version, its threads, what it can do on this machine. */
public final class Libtorch {
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

  public static void setThreads(int threads) {
    torch.set_num_threads(threads);
  }

  public static boolean hasCuda() {
    return torch.hasCUDA() && torch.cuda_device_count() > 0;
  }

  /** Bytes that the CUDA device has left for this process; the allocator's cache counts as used. */
  public static OptionalLong freeDeviceBytes() {
    if (!hasCuda()) {
      return OptionalLong.empty();
    }
    try (Scope ignored = Scope.open()) {
      return OptionalLong.of(torch_cuda.getAllocator().getMemoryInfo((byte) 0).first());
    }
  }

  /** Waits until the device has done all that it was given; nothing to do on the CPU. */
  public static void synchronize(Device device) {
    if (device == Device.CUDA) {
      torch_cuda.device_synchronize();
    }
  }
}
