package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.TaskItem;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;

/**
 * A task's log: its identity, then one {@link ItemResult} a line, in the order of the items. Opened
 * again, it continues after its last whole line.
 */
final class TaskLog implements AutoCloseable {
  private final ResumableLog log;
  private final List<ItemResult> results;

  private TaskLog(ResumableLog log, List<ItemResult> results) {
    this.log = log;
    this.results = results;
  }

  /**
   * @param items all items of the task
   * @throws UserError if the log was begun with other inputs, or a line of it is not the result of
   *     the item in its place
   */
  static TaskLog open(Path file, StageIdentity identity, List<TaskItem> items) {
    List<ItemResult> results = new ArrayList<>();
    ResumableLog log =
        ResumableLog.open(
            file,
            identity,
            (line, where) -> results.add(result(line, where, items, results.size())));
    return new TaskLog(log, results);
  }

  private static ItemResult result(String line, String where, List<TaskItem> items, int index) {
    ItemResult result = Json.parse(line, ItemResult.class, where);
    if (index >= items.size() || !items.get(index).isOf(result)) {
      throw new UserError(
          where
              + " is not the result of the item that comes next; remove the file to evaluate"
              + " again.");
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
