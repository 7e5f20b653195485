package org.longpo.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;

/**
 * An evaluation's log: the {@link EvaluationIdentity} on the first line, then one {@link
 * ItemResult} a line, in the order of the items. Opened again, it goes on behind its last whole
 * line.
 */
final class EvaluationLog implements AutoCloseable {
  private final AppendLog log;
  private final List<ItemResult> results;

  private EvaluationLog(AppendLog log, List<ItemResult> results) {
    this.log = log;
    this.results = results;
  }

  /**
   * @param items all items of the evaluation
   * @throws UserError if the log is of another evaluation, or a line of it is not the result of the
   *     item in its place
   */
  static EvaluationLog open(Path file, EvaluationIdentity identity, List<EvaluationItem> items) {
    List<String> lines = AppendLog.readLines(file);
    String first = Json.line(identity);
    if (!lines.isEmpty() && !lines.getFirst().equals(first)) {
      throw new UserError(
          file
              + " is of an evaluation with another model, other texts or settings;"
              + " choose another folder.");
    }
    List<ItemResult> results = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String where = file + ":" + (i + 1);
      ItemResult result = Json.parse(lines.get(i), ItemResult.class, where);
      if (i > items.size() || !items.get(i - 1).isOf(result)) {
        throw new UserError(where + " is out of its order; remove the file to evaluate anew.");
      }
      results.add(result);
    }
    AppendLog log = AppendLog.open(file, lines.size());
    if (lines.isEmpty()) {
      log.append(first);
    }
    return new EvaluationLog(log, results);
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
