/**
 * The charts of the report as files beside it: numbers as CSV, and pictures as PNG for where no
 * page can be shown. {@link org.longpo.report.charts.ReportCharts} has all of them by name; the
 * page draws the same figures itself and links to these files. {@link
 * org.longpo.report.charts.CategoryPlot} and {@link org.longpo.report.charts.StepPlot} draw the
 * figures of other pages.
 */
@NullMarked
package org.longpo.report.charts;

import org.jspecify.annotations.NullMarked;
