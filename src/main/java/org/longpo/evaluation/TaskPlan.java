package org.longpo.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A task on given inputs with given settings.
 *
 * @param inputs SHA-256 of everything that is read, by a name that errors use: "haystack texts"
 * @param settings all values that items or their results depend on, by name, without the task's own
 *     options
 * @param items makes the items, in their order; the same for the same tokenizer. Throws a {@link
 *     org.longpo.error.UserError} if an input does not suffice
 * @param isJudged whether items ask a judge, so that results depend on it
 * @param notes sentences about the inputs that a user should read beside the figures
 */
public record TaskPlan(
    Map<String, String> inputs,
    Map<String, Object> settings,
    Function<TaskContext, List<TaskItem>> items,
    boolean isJudged,
    List<String> notes) {
  /** What stands for the judge among the inputs. */
  public static final String JUDGE = "judge";

  public TaskPlan {
    // Sorted, so that they are written in the same order every time.
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    notes = List.copyOf(notes);
  }

  /** A plan without a judge and without notes. */
  public TaskPlan(
      Map<String, String> inputs,
      Map<String, Object> settings,
      Function<TaskContext, List<TaskItem>> items) {
    this(inputs, settings, items, /* isJudged= */ false, List.of());
  }

  /** The same with this judge among the inputs, if there are judgments. */
  TaskPlan judgedBy(String sha256) {
    if (!isJudged) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(inputs);
    all.put(JUDGE, sha256);
    return new TaskPlan(all, settings, items, isJudged, notes);
  }

  /** The same with more settings. */
  TaskPlan with(Map<String, Object> more) {
    Map<String, Object> all = new TreeMap<>(settings);
    all.putAll(more);
    return new TaskPlan(inputs, all, items, isJudged, notes);
  }
}
