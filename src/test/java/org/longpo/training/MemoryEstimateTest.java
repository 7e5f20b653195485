package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.JavaProcess;

/** The estimate that a run is refused by, against what processes of their own really took. */
class MemoryEstimateTest {
  @TempDir Path folder;

  /**
   * The estimate must cover the growth of the resident set, or a run that it lets through dies; and
   * not be more than twice as large, or it refuses runs that fit.
   */
  @ParameterizedTest
  @CsvSource({"FLOAT32,full", "BFLOAT16,full", "BFLOAT16,lora"})
  void shouldCoverPeakAndBeAtMostTwiceAsLarge(String dtype, String tuning) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        JavaProcess.start(
            JavaProcess.command(
                List.of("-Xmx256m"), MemoryRun.class, List.of(dtype, tuning, folder.toString())),
            output);
    String said = process.waitFor() + " " + Files.readString(output);
    assertThat(said).startsWith("0 ").contains("estimate=");
    double estimate = Double.parseDouble(said.replaceAll("(?s).*estimate=(\\d+).*", "$1"));
    double grown = Double.parseDouble(said.replaceAll("(?s).*grown=(\\d+).*", "$1"));
    System.out.printf(
        "%s %s: estimate %.0f MiB, measured %.0f MiB%n",
        dtype, tuning, estimate / (1 << 20), grown / (1 << 20));
    assertThat(estimate / grown).as(said).isBetween(1.0, 2.0);
  }
}
