package org.longpo.evaluation;

import java.util.List;

/**
 * What one pass of the model showed: a line of the evaluation's log.
 *
 * @param length context length in tokens that was asked for; 0 where the task has none
 * @param index of the item among those of its task and length
 * @param cluster what other results of its task and length share their text with this one: they
 *     have the same number. A haystack, a passage or a document
 * @param modelTokens tokens that went through the model, shared ones once, answers included
 * @param answers one per question; empty for bits per byte
 * @param windows windows of held-out text; empty for the other tasks
 */
public record ItemResult(
    TaskKind task,
    int length,
    int index,
    int cluster,
    long modelTokens,
    List<Answered> answers,
    List<WindowBits> windows) {
  public ItemResult {
    answers = List.copyOf(answers);
    windows = List.copyOf(windows);
  }
}
