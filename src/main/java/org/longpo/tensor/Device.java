package org.longpo.tensor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.longpo.error.UserError;

/**
 * The device that holds a tensor.
 *
 * @param index which of the devices of its kind, from 0; the CPU is one device
 */
public record Device(Kind kind, int index) {
  /** The kinds of devices. */
  public enum Kind {
    CPU(DeviceType.CPU),
    CUDA(DeviceType.CUDA);

    private final DeviceType raw;

    Kind(DeviceType raw) {
      this.raw = raw;
    }
  }

  public static final Device CPU = new Device(Kind.CPU, 0);

  /** libtorch's index of a device that has no number. */
  private static final byte NO_INDEX = -1;

  private static final Pattern NAME = Pattern.compile("(cpu|cuda)(?::(\\d{1,2}))?");

  public Device {
    if (index < 0 || kind == Kind.CPU && index > 0) {
      throw new IllegalArgumentException("device " + index + " of kind " + kind);
    }
  }

  /** The CUDA device with an index. */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Reads {@code cpu}, {@code cuda} (the first such device) or {@code cuda:1}.
   *
   * @throws UserError if there is no such device on this machine
   */
  public static Device parse(String name) {
    Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new UserError(
          "Unknown device '" + name + "': cpu, cuda, or cuda:1 for the second CUDA device.");
    }
    int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    if (matcher.group(1).equals("cpu")) {
      if (index > 0) {
        throw new UserError("Unknown device '" + name + "': the CPU is one device, cpu.");
      }
      return CPU;
    }
    if (!Libtorch.hasCuda()) {
      throw new UserError(
          "There is no CUDA device, or this build has no CUDA libraries: build with the Maven"
              + " profile cuda, or use the device cpu.");
    }
    int devices = torch.cuda_device_count();
    if (index >= devices) {
      throw new UserError(
          "There is no device '%s': this machine has %d CUDA devices, cuda:0 to cuda:%d."
              .formatted(name, devices, devices - 1));
    }
    return cuda(index);
  }

  public boolean isCpu() {
    return kind == Kind.CPU;
  }

  public boolean isCuda() {
    return kind == Kind.CUDA;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return isCpu() ? "cpu" : "cuda:" + index;
  }

  org.bytedeco.pytorch.Device raw() {
    return new org.bytedeco.pytorch.Device(kind.raw, isCpu() ? NO_INDEX : (byte) index);
  }

  static Device of(org.bytedeco.pytorch.Device raw) {
    return raw.is_cuda() ? cuda(Math.max(0, raw.index())) : CPU;
  }
}
