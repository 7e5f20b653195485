/** From an answer and its references to numbers: pure functions, one class per way of scoring. */
@NullMarked
package org.longpo.evaluation.scoring;

import org.jspecify.annotations.NullMarked;
