package org.longpo.evaluation;

import java.util.List;

/**
 * What an item showed: a line of a task's log.
 *
 * @param length the context length that the item belongs to, in tokens; 0 where the task has none
 * @param index of the item among those of its length
 * @param cluster a number that the results of one length have in common if they are about the same
 *     text: a haystack, a passage or a document
 * @param modelTokens tokens that went through the model and its judge for it, answers and judgments
 *     included; what it shares with other items of its batch counts for the first of them
 */
public record ItemResult(
    int length, int index, int cluster, long modelTokens, List<Sample> samples) {
  public ItemResult {
    samples = List.copyOf(samples);
  }

  /** A result whose tokens are not counted yet. */
  public ItemResult(int length, int index, int cluster, List<Sample> samples) {
    this(length, index, cluster, 0, samples);
  }

  ItemResult withModelTokens(long tokens) {
    return new ItemResult(length, index, cluster, tokens, samples);
  }
}
