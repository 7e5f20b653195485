package org.longpo.evaluation;

import java.util.function.Function;
import org.longpo.inference.Model;

/**
 * One pass of the model.
 *
 * @param length the context length that the item belongs to, in tokens; 0 where the task has none
 * @param index with {@code length} names the item
 * @param check finds out, without the model's weights, whether the inputs suffice; throws a {@link
 *     org.longpo.error.UserError} if not. What can fail for an input, such as a prompt that a
 *     context cannot hold, fails here, before any work, and not in {@code run}
 * @param run queries the model; the same on every call
 */
public record TaskItem(int length, int index, Runnable check, Function<Model, ItemResult> run) {
  public boolean isOf(ItemResult result) {
    return length == result.length() && index == result.index();
  }
}
