package org.longpo.checkpoint;

/**
 * The change of one weight by an adapter: {@code W + scale * B A}.
 *
 * @param a [rank, inputs]
 * @param b [outputs, rank]
 */
public record LowRankChange(TensorEntry a, TensorEntry b, double scale) {}
