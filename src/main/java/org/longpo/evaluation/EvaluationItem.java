package org.longpo.evaluation;

import java.util.function.Supplier;

/**
 * One pass of the model.
 *
 * @param task with {@code length} and {@code index} names the item
 * @param run asks the model; the same on every call
 */
record EvaluationItem(TaskKind task, int length, int index, Supplier<ItemResult> run) {
  boolean isOf(ItemResult result) {
    return task == result.task() && length == result.length() && index == result.index();
  }

  boolean sameGroup(EvaluationItem other) {
    return task == other.task && length == other.length;
  }
}
