/**
 * Benchmarks whose answers no rule can score: a judge, which is another model or the tested one,
 * reads them.
 *
 * <p>A {@link org.longpo.evaluation.tasks.judged.JudgedBenchmark} has the questions and says what
 * its judge is asked; {@link org.longpo.evaluation.tasks.judged.GradingTask} has every answer
 * rated, {@link org.longpo.evaluation.tasks.judged.ComparisonTask} has it compared with that of
 * another model. {@link org.longpo.evaluation.tasks.judged.JudgedItems} asks the model and then the
 * judge. Every judgment is in the task's log beside its answer.
 */
@NullMarked
package org.longpo.evaluation.tasks.judged;

import org.jspecify.annotations.NullMarked;
