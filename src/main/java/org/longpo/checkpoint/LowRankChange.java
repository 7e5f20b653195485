package org.longpo.checkpoint;

/**
 * What an adapter does to one weight: {@code W + scale * B A}.
 *
 * @param a [rank, inputs]
 * @param b [outputs, rank]
 */
public record LowRankChange(TensorEntry a, TensorEntry b, double scale) {}
