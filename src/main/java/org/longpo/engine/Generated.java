package org.longpo.engine;

/**
 * A sampled continuation.
 *
 * @param tokens the sampled ids, the end token included if the model wrote one
 * @param ended whether the model ended it; otherwise it ran into the limit
 */
@SuppressWarnings("ArrayRecordComponent")
public record Generated(int[] tokens, boolean ended) {}
