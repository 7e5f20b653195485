package org.longpo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The process's resident memory as Linux counts it; elsewhere it is not known. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";

  /** glibc's way to give memory that is held without use back to the system. */
  private static final Optional<MethodHandle> TRIM =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(
              address ->
                  Linker.nativeLinker()
                      .downcallHandle(
                          address,
                          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

  private PeakMemory() {}

  /**
   * Resident bytes now; from now on {@link #peakBytes} is the largest since this call. What an
   * earlier run left to the allocator is given back first: it would hide part of the next run's.
   */
  static OptionalLong reset() {
    if (!Files.isWritable(CLEAR)) {
      return OptionalLong.empty();
    }
    try {
      trim();
      Files.writeString(CLEAR, RESET_PEAK);
      return OptionalLong.of(read("VmRSS:"));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  static long peakBytes() {
    return read("VmHWM:");
  }

  private static void trim() {
    System.gc();
    TRIM.ifPresent(
        trim -> {
          try {
            int ignored = (int) trim.invokeExact(0L);
          } catch (Throwable e) {
            throw new IllegalStateException("malloc_trim threw", e);
          }
        });
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
