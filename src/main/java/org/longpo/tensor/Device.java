package org.longpo.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.longpo.error.UserError;

/** The device that holds a tensor. */
public enum Device {
  CPU(DeviceType.CPU),
  CUDA(DeviceType.CUDA);

  private final DeviceType raw;

  Device(DeviceType raw) {
    this.raw = raw;
  }

  /**
   * @throws UserError if there is no such device on this machine
   */
  public static Device parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "cpu" -> CPU;
      case "cuda" -> {
        if (!Libtorch.hasCuda()) {
          throw new UserError(
              "There is no CUDA device, or this build has no CUDA libraries: build with the Maven"
                  + " profile cuda, or use the device cpu.");
        }
        yield CUDA;
      }
      default -> throw new UserError("Unknown device '" + name + "': cpu or cuda.");
    };
  }

  org.bytedeco.pytorch.Device raw() {
    return new org.bytedeco.pytorch.Device(raw, (byte) (this == CPU ? -1 : 0));
  }

  static Device of(org.bytedeco.pytorch.Device raw) {
    return raw.is_cuda() ? CUDA : CPU;
  }
}
