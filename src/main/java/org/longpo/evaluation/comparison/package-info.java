/**
 * Figures of several models side by side, and which of their differences are more than chance.
 *
 * <p>{@link org.longpo.evaluation.comparison.ModelResults} are what was measured of each model,
 * item by item; {@link org.longpo.evaluation.comparison.ResultTable} has a column for each. Where
 * two models were asked the same, {@link org.longpo.evaluation.comparison.PairedBootstrap} says how
 * far their difference may be trusted.
 */
@NullMarked
package org.longpo.evaluation.comparison;

import org.jspecify.annotations.NullMarked;
