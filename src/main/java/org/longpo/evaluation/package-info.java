/**
 * How good a model is at long contexts, and whether it is as good as before at short ones.
 *
 * <p>A {@link org.longpo.evaluation.Task} makes {@link org.longpo.evaluation.TaskItem}s, each one
 * pass of the model: all questions about one text are asked as branches of one prefix. An item's
 * {@link org.longpo.evaluation.ItemResult} has {@link org.longpo.evaluation.Sample}s with values,
 * from which the task's {@link org.longpo.evaluation.Metric}s are computed: {@link
 * org.longpo.evaluation.ResultRow}s (task, length, slice, metric, estimate with its standard
 * error). Everything that shows results goes through the rows and knows no task by name. The tasks
 * are in {@code evaluation.tasks}; {@code pipeline.EvaluateStage} runs them.
 *
 * <p>Items depend on the seed, the texts and the tokenizer, never on the weights: two models with
 * one tokenizer are asked the same questions, so their figures may be compared item by item.
 * Decoding is greedy.
 */
@NullMarked
package org.longpo.evaluation;

import org.jspecify.annotations.NullMarked;
