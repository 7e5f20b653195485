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
    List<ItemResult> results = new ArrayList<>();
    ResumableLog log =
        ResumableLog.open(
            file,
            identity,
            (line, where) -> results.add(result(line, where, items, results.size())));
    return new EvaluationLog(log, results);
  }

  private static ItemResult result(
      String line, String where, List<EvaluationItem> items, int index) {
    ItemResult result = Json.parse(line, ItemResult.class, where);
    if (index >= items.size() || !items.get(index).isOf(result)) {
      throw new UserError(where + " is out of its order; remove the file to evaluate anew.");
    }
    return result;
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
