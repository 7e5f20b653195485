/**
 * How long work reports its progress and is requested to stop.
 *
 * <p>Stages call {@link org.longpo.progress.Progress} and poll {@link
 * org.longpo.progress.Cancellation}; what becomes of it (a bar, lines, a signal) is the command
 * line's affair.
 */
@NullMarked
package org.longpo.progress;

import org.jspecify.annotations.NullMarked;
