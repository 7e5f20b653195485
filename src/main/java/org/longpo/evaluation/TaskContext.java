package org.longpo.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.longpo.text.Prompts;

/**
 * What tasks make their items with: the model's prompts, and work that several of them share. Items
 * may be begun by several threads.
 */
public final class TaskContext {
  private final Prompts prompts;
  private final Prompts judgePrompts;
  private final Map<Class<?>, Object> shared = new HashMap<>();
  private int longest;

  /** For a model that judges its own answers. */
  public TaskContext(Prompts prompts) {
    this(prompts, prompts);
  }

  /**
   * @param judgePrompts of the judge of the model's answers
   */
  public TaskContext(Prompts prompts, Prompts judgePrompts) {
    this.prompts = prompts;
    this.judgePrompts = judgePrompts;
  }

  public Prompts prompts() {
    return prompts;
  }

  /** How the judge of the model's answers is asked. */
  public Prompts judgePrompts() {
    return judgePrompts;
  }

  /**
   * A value that takes long to compute and depends on inputs and tokenizer alone, such as all texts
   * cut into sentences; computed once for all tasks and lengths.
   */
  public synchronized <T> T shared(Class<T> type, Supplier<T> compute) {
    return type.cast(shared.computeIfAbsent(type, key -> compute.get()));
  }

  /**
   * Notes, in the check of an item of no set length, how much the model will read at once; a user
   * is told where that is beyond what the model's positions reach.
   */
  public synchronized void reads(int tokens) {
    longest = Math.max(longest, tokens);
  }

  /** The most tokens that were noted; 0 for none. */
  synchronized int longest() {
    return longest;
  }
}
