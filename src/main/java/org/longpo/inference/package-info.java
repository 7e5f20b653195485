/**
 * What the rest of the program asks of models, whoever computes it.
 *
 * <p>A {@link org.longpo.inference.Writer} writes texts for prompts; a {@link
 * org.longpo.inference.Scorer} reads ids and gives their log-probabilities. {@code pairs} and
 * {@code evaluation} know nothing else of models. {@code model} implements both over the engine;
 * tests implement them with functions of the prompt's text.
 *
 * <p>{@link org.longpo.inference.CheckedWriter} and {@link org.longpo.inference.CheckedScorer} hold
 * an implementation to its contract, so that an answer that is missing is an error where it occurs
 * and not a shifted list later on.
 */
@NullMarked
package org.longpo.inference;

import org.jspecify.annotations.NullMarked;
