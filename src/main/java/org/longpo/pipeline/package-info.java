/**
 * Stages put together: {@code generate -> train -> evaluate} for every length, each round with the
 * model of the last one as generator and reference, and a report at the end; and the comparison of
 * objectives on one pair file.
 */
@NullMarked
package org.longpo.pipeline;

import org.jspecify.annotations.NullMarked;
