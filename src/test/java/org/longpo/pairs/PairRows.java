package org.longpo.pairs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** All rows of a pair file at once. */
public final class PairRows {
  private PairRows() {}

  public static List<PairRow> readAll(Path file) {
    try (PairFile rows = PairFile.open(file)) {
      return IntStream.range(0, rows.size()).mapToObj(rows::row).toList();
    }
  }
}
