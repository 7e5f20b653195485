package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.inference.Model;
import org.longpo.model.Workers;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import tools.jackson.databind.JsonNode;

/**
 * Runs the items of a task that its log does not have yet. Batches are run side by side where the
 * model allows it; the log has the items in their order whatever the number of workers.
 */
record TaskRunner(
    TestedModel model,
    TaskContext context,
    BatchSize batchSize,
    Progress progress,
    Cancellation cancellation) {
  /** What items say they read is an estimate, and their answers come on top. */
  private static final long ROOM = 2;

  StageIdentity identity(PlannedTask task) {
    return task.identity(model.identity());
  }

  String modelSha256() {
    return model.identity().sha256();
  }

  /**
   * Runs a task to its end.
   *
   * @throws org.longpo.progress.CancelledException if asked to stop between two batches
   */
  TaskResult run(PlannedTask task, Path file) {
    List<TaskItem> items = task.plan().items().apply(context);
    try (TaskLog log = TaskLog.open(file, identity(task), items)) {
      List<Batch> batches = batches(items, log.results().size());
      int users = users(task, batches);
      try (Workers workers = Workers.start(users);
          TaskProgress shown = new TaskProgress(task.info(), items, log.results(), progress)) {
        Model shared = model.sharedBy(users);
        SideBySide.run(
            batches.stream().map(batch -> part(batch, shared, log, shown)).toList(),
            workers,
            cancellation);
      }
      return TaskResult.of(task.info(), task.conditions(), measured(task), log.results());
    }
  }

  /**
   * Items that take their steps together.
   *
   * @param done those of them, at the beginning, that the log has
   */
  private record Batch(List<TaskItem> items, int done) {}

  /**
   * The batches that the log does not have in full; items of one length are in batches of their
   * own.
   */
  private List<Batch> batches(List<TaskItem> items, int logged) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    while (from < items.size()) {
      int to = from;
      while (to < items.size() && items.get(to).length() == items.get(from).length()) {
        to++;
      }
      List<TaskItem> ofLength = items.subList(from, to);
      List<Integer> borders = batchSize.borders(ofLength);
      for (int batch = 0; batch + 1 < borders.size(); batch++) {
        List<TaskItem> own = ofLength.subList(borders.get(batch), borders.get(batch + 1));
        int done = Math.max(0, logged - from - borders.get(batch));
        if (done < own.size()) {
          batches.add(new Batch(own, done));
        }
      }
      from = to;
    }
    return batches;
  }

  /** A judge is another model, whose memory is not shared. */
  private int users(PlannedTask task, List<Batch> batches) {
    if (task.plan().isJudged() || batches.isEmpty()) {
      return 1;
    }
    int longest =
        batches.stream()
            .flatMap(batch -> batch.items().stream())
            .mapToInt(item -> Math.max(item.length(), item.tokens()))
            .max()
            .orElseThrow();
    return model.users(batches.size(), ROOM * longest);
  }

  private static SideBySide.Part part(Batch batch, Model shared, TaskLog log, TaskProgress shown) {
    return (results, stop) -> {
      stop.throwIfRequested();
      results.accept(shown::begin);
      List<ItemResult> all = ItemBatch.run(shared, batch.items());
      results.accept(
          () -> {
            for (ItemResult result : all.subList(batch.done(), all.size())) {
              log.append(result);
              shown.add(result);
            }
          });
    };
  }

  private record Measured(Map<String, String> inputs, Map<String, Object> settings) {}

  /** As it will be read again, so that it is equal to what is read. */
  private static JsonNode measured(PlannedTask task) {
    String json = Json.line(new Measured(task.plan().inputs(), task.plan().settings()));
    return Json.parse(json, JsonNode.class, task.info().id());
  }
}
