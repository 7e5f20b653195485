package org.longpo.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;

class KernelProbeTest {
  @TempDir Path folder;

  @Test
  void shouldKeepItsChoice() throws IOException {
    Path cache = folder.resolve("kernels.json");
    KernelChoice first = new KernelProbe(cache).choose(DType.FLOAT32, Device.CPU, 16);
    String written = Files.readString(cache);
    assertThat(new KernelProbe(cache).choose(DType.FLOAT32, Device.CPU, 16)).isEqualTo(first);
    assertThat(Files.readString(cache)).isEqualTo(written);
  }

  @Test
  void shouldMeasureAgainWhereCacheIsUnreadable() throws IOException {
    Path cache = folder.resolve("kernels.json");
    Files.writeString(cache, "{broken");
    new KernelProbe(cache).choose(DType.FLOAT32, Device.CPU, 16);
    assertThat(Files.readString(cache)).contains("FLOAT32");
  }

  @Test
  void shouldContinueWhereCacheCannotBeWritten() throws IOException {
    Path file = folder.resolve("a-file");
    Files.writeString(file, "in the way of a folder");
    KernelProbe probe = new KernelProbe(file.resolve("kernels.json"));
    assertThat(probe.choose(DType.FLOAT32, Device.CPU, 16)).isNotNull();
  }
}
