package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.ResultRows;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;
import org.longpo.inference.Model;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import tools.jackson.databind.JsonNode;

/**
 * Runs the items of a task that its log does not have yet.
 *
 * @param tested identity of the model's weights, tokenizer and template
 */
record TaskRunner(
    Model model,
    StageIdentity tested,
    TaskContext context,
    BatchSize batchSize,
    Progress progress,
    Cancellation cancellation) {
  StageIdentity identity(PlannedTask task) {
    return task.identity(tested);
  }

  String modelSha256() {
    return tested.sha256();
  }

  /**
   * Runs a task to its end.
   *
   * @throws org.longpo.progress.CancelledException if asked to stop between two batches
   */
  TaskResult run(PlannedTask task, Path file) {
    List<TaskItem> items = task.plan().items().apply(context);
    try (TaskLog log = TaskLog.open(file, identity(task), items)) {
      int from = 0;
      while (from < items.size()) {
        int to = from;
        while (to < items.size() && items.get(to).length() == items.get(from).length()) {
          to++;
        }
        runLength(task.info(), items.subList(from, to), log, from);
        from = to;
      }
      return TaskResult.of(task.info(), task.conditions(), measured(task), log.results());
    }
  }

  /**
   * Runs the items of one length.
   *
   * @param before items of the task that come before these
   */
  private void runLength(TaskInfo task, List<TaskItem> items, TaskLog log, int before) {
    int done = log.results().size() - before;
    if (done >= items.size()) {
      return;
    }
    List<ItemResult> soFar = new ArrayList<>(log.results().subList(before, before + done));
    List<Integer> borders = batchSize.borders(items);
    try (Progress.Task work =
        progress.start(
            title(task, items.getFirst().length()), task.units().items(), done, items.size())) {
      for (int batch = 0; batch + 1 < borders.size(); batch++) {
        int from = borders.get(batch);
        int to = borders.get(batch + 1);
        if (to <= soFar.size()) {
          continue;
        }
        cancellation.throwIfRequested();
        List<ItemResult> results = ItemBatch.run(model, items.subList(from, to));
        for (ItemResult result : results.subList(soFar.size() - from, results.size())) {
          log.append(result);
          soFar.add(result);
          work.advance(1, result.modelTokens(), figure(task, soFar));
        }
      }
    }
  }

  private static String title(TaskInfo task, int length) {
    return length == 0
        ? task.name()
        : String.format(Locale.ROOT, "%s at %,d tokens", task.name(), length);
  }

  private static String figure(TaskInfo task, List<ItemResult> results) {
    Metric headline = task.headline();
    return ResultRows.find(headline, results)
        .map(estimate -> headline.text(estimate.value()) + " " + headline.label())
        .orElse("no " + headline.label() + " yet");
  }

  private record Measured(Map<String, String> inputs, Map<String, Object> settings) {}

  /** As it will be read again, so that it is equal to what is read. */
  private static JsonNode measured(PlannedTask task) {
    String json = Json.line(new Measured(task.plan().inputs(), task.plan().settings()));
    return Json.parse(json, JsonNode.class, task.info().id());
  }
}
