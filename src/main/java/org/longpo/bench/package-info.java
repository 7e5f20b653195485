/**
 * What a machine makes of the engine: seconds, memory and useful floating-point operations of
 * training steps and of generation, by length and number of pairs.
 */
@NullMarked
package org.longpo.bench;

import org.jspecify.annotations.NullMarked;
