/**
 * How good a model is at long contexts, and what it kept of its short ones.
 *
 * <p>Three tasks: needles in a haystack ({@link org.longpo.evaluation.NeedleTask}), questions about
 * passages, alone and hidden in a haystack ({@link org.longpo.evaluation.QaShortTask}, {@link
 * org.longpo.evaluation.QaLongTask}), and bits per byte of held-out text at the model's own window
 * ({@link org.longpo.evaluation.BitsPerByteTask}). A task is a list of {@link
 * org.longpo.evaluation.EvaluationItem}s, each one pass of the model: all questions about a
 * haystack are asked as branches of one prefix. {@link org.longpo.evaluation.Evaluator} runs the
 * items, logs each result as it comes, and sums them up as an {@link
 * org.longpo.evaluation.Evaluation}, which is what reports read.
 *
 * <p>Items depend on the seed, the texts and the tokenizer, never on the weights: two models with
 * one tokenizer are asked the same questions, so their figures may be compared item by item.
 * Decoding is greedy.
 */
@NullMarked
package org.longpo.evaluation;

import org.jspecify.annotations.NullMarked;
