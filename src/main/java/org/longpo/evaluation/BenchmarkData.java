package org.longpo.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The files of published benchmarks, which a user has in one folder.
 *
 * @param folder empty: the user has none
 */
public record BenchmarkData(Optional<Path> folder) {
  public static final BenchmarkData NONE = new BenchmarkData(Optional.empty());

  /**
   * The first of these files or folders that is there.
   *
   * @param names relative to the folder
   */
  public Optional<Path> find(String... names) {
    return folder.flatMap(
        from -> Arrays.stream(names).map(from::resolve).filter(Files::exists).findFirst());
  }
}
