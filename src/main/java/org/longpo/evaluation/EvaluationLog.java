package org.longpo.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;

/**
 * An evaluation's log: one {@link ItemResult} a line behind its identity, in the order of the
 * items. Opened again, it goes on behind its last whole line.
 */
final class EvaluationLog implements AutoCloseable {
  private final ResumableLog log;
  private final List<ItemResult> results;

  private EvaluationLog(ResumableLog log, List<ItemResult> results) {
    this.log = log;
    this.results = results;
  }

  /**
   * @param items all items of the evaluation
   * @throws UserError if the log was begun with other inputs, or a line of it is not the result of
   *     the item in its place
   */
  static EvaluationLog open(Path file, StageIdentity identity, List<EvaluationItem> items) {
    ResumableLog log = ResumableLog.open(file, identity);
    try {
      return new EvaluationLog(log, results(log, items));
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static List<ItemResult> results(ResumableLog log, List<EvaluationItem> items) {
    List<ItemResult> results = new ArrayList<>();
    for (String line : log.entries()) {
      int index = results.size();
      ItemResult result = Json.parse(line, ItemResult.class, log.where(index));
      if (index >= items.size() || !items.get(index).isOf(result)) {
        throw new UserError(
            log.where(index) + " is out of its order; remove the file to evaluate anew.");
      }
      results.add(result);
    }
    return results;
  }

  /** The results so far. */
  List<ItemResult> results() {
    return List.copyOf(results);
  }

  void append(ItemResult result) {
    log.append(Json.line(result));
    results.add(result);
  }

  @Override
  public void close() {
    log.close();
  }
}
