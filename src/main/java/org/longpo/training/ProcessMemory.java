package org.longpo.training;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Main memory of this machine and this process, in bytes, as the operating system reports it. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private ProcessMemory() {}

  /** The largest resident set so far; empty where the system does not tell (not Linux). */
  static OptionalLong peak() {
    return kilobytes(STATUS, "VmHWM:");
  }

  /**
   * What a process can still have: the system's estimate of memory available without swapping, and
   * no more than the container's limit, if there is one.
   */
  public static OptionalLong available() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (!(system instanceof com.sun.management.OperatingSystemMXBean memory)) {
      return OptionalLong.empty();
    }
    // Aware of containers; its "free" leaves out caches that the system gives back.
    long total = memory.getTotalMemorySize();
    long available = kilobytes(MEMINFO, "MemAvailable:").orElse(memory.getFreeMemorySize());
    return OptionalLong.of(Math.min(total, available));
  }

  private static OptionalLong kilobytes(Path file, String key) {
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
