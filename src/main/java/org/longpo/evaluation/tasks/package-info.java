/**
 * The tasks: one class each, and one line in {@link org.longpo.evaluation.tasks.Tasks}. A task
 * implements {@link org.longpo.evaluation.Task}: it describes itself, makes its items, and gives
 * each sample the values that its metrics are computed from. It needs no other file but a test.
 */
@NullMarked
package org.longpo.evaluation.tasks;

import org.jspecify.annotations.NullMarked;
