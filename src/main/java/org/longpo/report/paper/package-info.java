/**
 * The tables and the figure by which the paper (arXiv:2502.13922v3) shows its results, for one's
 * own models, with the paper's figures beside them.
 *
 * <p>{@link org.longpo.report.paper.PaperColumn} says which tasks a column stands for, {@link
 * org.longpo.report.paper.OwnFigures} finds their figures among a run's rows, {@link
 * org.longpo.report.paper.Published} has those of the paper. What was not run is empty, never 0.
 */
@NullMarked
package org.longpo.report.paper;

import org.jspecify.annotations.NullMarked;
