/**
 * RULER (Hsieh et al. 2024): thirteen synthetic tasks that a model answers in contexts of any
 * length.
 *
 * <p>{@link org.longpo.evaluation.tasks.ruler.RulerTasks} lists the tasks. A {@link
 * org.longpo.evaluation.tasks.ruler.RulerSource} says what a task reads, its {@link
 * org.longpo.evaluation.tasks.ruler.Recipe} draws a sample, which {@link
 * org.longpo.evaluation.tasks.ruler.LengthSearch} makes as large as the length allows, and {@link
 * org.longpo.evaluation.tasks.ruler.RulerKind} has the wordings and scores. {@link
 * org.longpo.evaluation.tasks.ruler.RulerFile} reads samples that RULER's own scripts made.
 */
@NullMarked
package org.longpo.evaluation.tasks.ruler;

import org.jspecify.annotations.NullMarked;
