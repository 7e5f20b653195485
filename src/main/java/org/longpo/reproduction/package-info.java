/**
 * The paper's experiments in small: the same pairs and documents for every method, several seeds,
 * records that later runs take over, and the page with what was measured.
 */
@NullMarked
package org.longpo.reproduction;

import org.jspecify.annotations.NullMarked;
