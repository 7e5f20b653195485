package org.longpo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The process's resident memory as Linux counts it; elsewhere it is not known. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";

  private PeakMemory() {}

  /** Resident bytes now; from now on {@link #peakBytes} is the largest since this call. */
  static OptionalLong reset() {
    if (!Files.isWritable(CLEAR)) {
      return OptionalLong.empty();
    }
    try {
      Files.writeString(CLEAR, RESET_PEAK);
      return OptionalLong.of(read("VmRSS:"));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  static long peakBytes() {
    return read("VmHWM:");
  }

  private static long read(String field) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(STATUS + " has no line " + field);
  }
}
