package org.longpo.report.charts;

import java.util.ArrayList;
import java.util.List;
import org.longpo.report.ReportData;

/** All charts of a report. */
public final class ReportCharts {
  private ReportCharts() {}

  /** Those for which there are figures, with different names. */
  public static List<ReportChart> of(ReportData data) {
    List<ReportChart> charts = new ArrayList<>();
    charts.addAll(TaskCharts.of(data.evaluations()));
    charts.addAll(DepthCharts.of(data.evaluations()));
    charts.addAll(PaperCharts.of(data.evaluations()));
    charts.addAll(TrainingCharts.of(data.training()));
    charts.addAll(PairCharts.of(data.pairs().generation()));
    return List.copyOf(charts);
  }
}
