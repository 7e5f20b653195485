package org.longpo.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.OptionValues;
import org.longpo.settings.SuppliedValues;

/**
 * The options of single tasks.
 *
 * @param byTask the options record of a task by the task's id; a task without one has its defaults
 */
public record TaskOptions(@JsonValue Map<String, Record> byTask) {
  /** What a command supplies for defaults: the window that the model had before training. */
  public static final String MODEL_WINDOW = "modelWindow";

  public static final TaskOptions DEFAULTS = new TaskOptions(Map.of());

  public TaskOptions {
    byTask = Collections.unmodifiableMap(new TreeMap<>(byTask));
  }

  /**
   * The options that a user gave for tasks.
   *
   * @param supplied what defaults follow from
   * @throws org.longpo.error.UserError if a task refuses its options
   */
  public static TaskOptions read(List<Task<?>> tasks, OptionValues given, SuppliedValues supplied) {
    Map<String, Record> byTask = new TreeMap<>();
    for (Task<?> task : tasks) {
      byTask.put(task.info().id(), given.read(task.options(), supplied));
    }
    return new TaskOptions(byTask);
  }

  /** These options with others for one task. */
  public <O extends Record> TaskOptions with(Task<O> task, O options) {
    Map<String, Record> more = new TreeMap<>(byTask);
    more.put(task.info().id(), options);
    return new TaskOptions(more);
  }

  /** The options of a task. */
  public <O extends Record> O of(Task<O> task) {
    Record options = byTask.get(task.info().id());
    return options == null
        ? OptionRecords.of(task.options(), Map.of())
        : task.options().cast(options);
  }
}
