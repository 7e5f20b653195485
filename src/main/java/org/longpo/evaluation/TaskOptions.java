package org.longpo.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of single tasks.
 *
 * @param byTask the options record of a task by the task's id; a task without one has its defaults
 */
public record TaskOptions(@JsonValue Map<String, Record> byTask) {
  public static final TaskOptions DEFAULTS = new TaskOptions(Map.of());

  public TaskOptions {
    byTask = Collections.unmodifiableMap(new TreeMap<>(byTask));
  }

  /** These options with others for one task. */
  public <O extends Record> TaskOptions with(Task<O> task, O options) {
    Map<String, Record> more = new TreeMap<>(byTask);
    more.put(task.info().id(), options);
    return new TaskOptions(more);
  }

  @SuppressWarnings("unchecked") // with() takes only the task's own type
  <O extends Record> O of(Task<O> task) {
    Record options = byTask.get(task.info().id());
    return options == null ? task.defaults() : (O) options;
  }
}
