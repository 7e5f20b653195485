package org.longpo.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRows;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.progress.Progress;

/** Shows how far a task is and its figure so far, length by length. For one thread. */
final class TaskProgress implements AutoCloseable {
  private final TaskInfo task;
  private final List<TaskItem> items;
  private final Progress progress;
  private final List<ItemResult> ofLength = new ArrayList<>();
  private int results;
  private Progress.@Nullable Task shown;

  /**
   * @param items all of the task
   * @param results those that there are, of the first items
   */
  TaskProgress(TaskInfo task, List<TaskItem> items, List<ItemResult> results, Progress progress) {
    this.task = task;
    this.items = items;
    this.progress = progress;
    for (ItemResult result : results) {
      count(result);
      forgetFinishedLength();
    }
  }

  /** Shows the length of the next item. */
  void begin() {
    if (shown == null) {
      int length = items.get(results).length();
      long all = items.stream().filter(item -> item.length() == length).count();
      shown = progress.start(title(length), task.units().items(), ofLength.size(), (int) all);
    }
  }

  void add(ItemResult result) {
    begin();
    count(result);
    if (shown != null) {
      shown.advance(1, result.modelTokens(), figure());
    }
    if (forgetFinishedLength()) {
      close();
    }
  }

  private void count(ItemResult result) {
    ofLength.add(result);
    results++;
  }

  /** Whether the last result was the last one of its length. */
  private boolean forgetFinishedLength() {
    boolean isFinished =
        results == items.size() || items.get(results).length() != items.get(results - 1).length();
    if (isFinished) {
      ofLength.clear();
    }
    return isFinished;
  }

  private String title(int length) {
    return length == 0
        ? task.name()
        : String.format(Locale.ROOT, "%s at %,d tokens", task.name(), length);
  }

  private String figure() {
    Metric headline = task.headline();
    return ResultRows.find(headline, ofLength)
        .map(estimate -> headline.text(estimate.value()) + " " + headline.label())
        .orElse("no " + headline.label() + " yet");
  }

  @Override
  public void close() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }
}
