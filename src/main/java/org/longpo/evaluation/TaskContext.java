package org.longpo.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.longpo.text.Prompts;

/** What tasks make their items with: the model's prompts, and work that several of them share. */
public final class TaskContext {
  private final Prompts prompts;
  private final Map<Class<?>, Object> shared = new HashMap<>();

  public TaskContext(Prompts prompts) {
    this.prompts = prompts;
  }

  public Prompts prompts() {
    return prompts;
  }

  /**
   * A value that takes long to compute and depends on inputs and tokenizer alone, such as all texts
   * cut into sentences; computed once for all tasks and lengths.
   */
  public <T> T shared(Class<T> type, Supplier<T> compute) {
    return type.cast(shared.computeIfAbsent(type, key -> compute.get()));
  }
}
