/**
 * Attention over the rectangles of a token tree.
 *
 * <p>A kernel knows one rectangle, forward {@code (q, k, v) -> (out, logSumExp)} and backward; the
 * rectangles of a row are merged by log-sum-exp. Because a kernel's backward reads the
 * <em>merged</em> out and logSumExp, each rectangle's share of the gradient is exact.
 */
@NullMarked
package org.longpo.engine.attention;

import org.jspecify.annotations.NullMarked;
