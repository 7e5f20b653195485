/**
 * LongPO and related objectives as pure functions over log-probabilities.
 *
 * <p>A trainer reads the log-probs of the response tokens without a graph, passes them on as {@link
 * org.longpo.objective.DocumentLogProbs}, and gets back the loss of that one document and one
 * number per token, dLoss/dlogp, to back-propagate. All in doubles, no tensors, no I/O: every
 * {@link org.longpo.objective.Objective} can be read beside its equation and tested alone.
 *
 * <p>Conventions: log-probs are natural logs (nats), one per response token, the end token included
 * if the model emitted one; sums over a response are not divided by its length unless the equation
 * of an objective says so. {@code docs/equations.md} lists equation, method, test and setting.
 */
@NullMarked
package org.longpo.objective;

import org.jspecify.annotations.NullMarked;
