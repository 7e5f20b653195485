package org.longpo.report.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longpo.files.Json;

/**
 * The paper's own figures, from the resource {@code report/paper-results.json}. Shares are in per
 * cent, judgments from 0 to 10.
 *
 * @param source where they stand
 * @param mainTable Table 1: {@link PaperColumn#INFINITEBENCH} and their mean, {@link
 *     PaperColumn#RULER_OF_MAIN_TABLE} and theirs, {@link PaperColumn#LONGBENCH_CHAT}; the detail
 *     is the length that a model was trained at, or claims
 * @param ruler Table 2: a part of RULER, which is the detail, at {@link #RULER_LENGTHS}, and the
 *     mean over them
 * @param shortTable Table 3: {@link PaperColumn#SHORT}
 * @param bases the model that a model of Table 3 was trained from
 */
record Published(
    String source,
    List<Line> mainTable,
    List<Line> ruler,
    List<Line> shortTable,
    Map<String, String> bases) {
  /** The lengths of Table 2, in tokens. */
  static final List<Integer> RULER_LENGTHS = List.of(4096, 8192, 16_384, 32_768, 65_536, 131_072);

  /** Said below the table, as a reader who adds up would wonder. */
  static final String SLIP =
      "The mean of Mistral-7B DPO over InfiniteBench is printed as 25.56; that of its three figures"
          + " is 24.56.";

  static final Published PAPER = read();

  /**
   * @param values in the order of the table's columns; empty where the paper has none
   */
  record Line(String model, String detail, List<Optional<Double>> values) {
    List<OptionalDouble> figures() {
      return values.stream()
          .map(value -> value.map(OptionalDouble::of).orElse(OptionalDouble.empty()))
          .toList();
    }
  }

  private static Published read() {
    String name = "/report/paper-results.json";
    try (InputStream in = Published.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return Json.parse(in.readAllBytes(), Published.class, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
