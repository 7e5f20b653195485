package org.longpo.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;

/**
 * Short names for the models of runs: the run's path as far as the runs differ in it, and the model
 * within the run.
 *
 * @param common the folder that all runs lie in
 */
record ColumnNames(Path common) {
  /**
   * @throws UserError if a run is given twice
   */
  static ColumnNames of(List<Path> runs) {
    Set<Path> seen = new HashSet<>();
    Path common = parent(runs.getFirst());
    for (Path run : runs) {
      if (!seen.add(absolute(run))) {
        throw new UserError(run + " is given twice; give each run once.");
      }
      while (!parent(run).startsWith(common)) {
        common = common.resolve("..").normalize();
      }
    }
    return new ColumnNames(common);
  }

  /**
   * @param model of the run; empty where it has only one
   */
  String name(Path run, Optional<String> model) {
    String name = common.relativize(absolute(run)).toString();
    return model.map(within -> name + "/" + within).orElse(name);
  }

  private static Path parent(Path run) {
    return absolute(run).resolve("..").normalize();
  }

  private static Path absolute(Path run) {
    return run.toAbsolutePath().normalize();
  }
}
