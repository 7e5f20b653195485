/**
 * The whole life, round by round: {@code generate -> train -> evaluate} for every length, each
 * round with the model of the last one as generator and reference, and a report at the end.
 */
@NullMarked
package org.longpo.evolve;

import org.jspecify.annotations.NullMarked;
