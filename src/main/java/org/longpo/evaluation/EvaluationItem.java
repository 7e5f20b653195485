package org.longpo.evaluation;

import java.util.function.Supplier;

/**
 * One pass of the model.
 *
 * @param task with {@code length} and {@code index} names the item
 * @param check finds out, without asking the model, whether the inputs suffice; throws a {@link
 *     org.longpo.error.UserError} if not
 * @param run asks the model; the same on every call
 */
record EvaluationItem(
    TaskKind task, int length, int index, Runnable check, Supplier<ItemResult> run) {
  boolean isOf(ItemResult result) {
    return task == result.task() && length == result.length() && index == result.index();
  }

  boolean sameGroup(EvaluationItem other) {
    return task == other.task && length == other.length;
  }
}
