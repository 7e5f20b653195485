/**
 * One self-contained HTML page from records: {@link org.longpo.report.ReportData} in, {@link
 * org.longpo.report.ReportPage} out.
 *
 * <p>The page's markup, style and script are resources under {@code report/}; the data go into it
 * as JSON, and the script builds everything that shows them as DOM text, so that what a model wrote
 * is never read as HTML. Charts are drawn by Apache ECharts, which is inlined. {@link
 * org.longpo.report.ReportFiles} writes the page with the files of its charts: {@code charts} has
 * these, {@code paper} the paper's tables.
 */
@NullMarked
package org.longpo.report;

import org.jspecify.annotations.NullMarked;
