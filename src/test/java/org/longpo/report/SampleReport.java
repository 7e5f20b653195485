package org.longpo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskInfo;
import org.longpo.report.ReportData.DropCount;
import org.longpo.report.ReportData.DroppedPair;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.Fact;
import org.longpo.report.ReportData.Generation;
import org.longpo.report.ReportData.ModelRows;
import org.longpo.report.ReportData.PairExample;
import org.longpo.report.ReportData.Pairs;
import org.longpo.report.ReportData.Round;
import org.longpo.report.ReportData.Source;
import org.longpo.report.ReportData.TrainingSize;
import org.longpo.report.ReportData.TrainingStep;

/** Reports to make pages of. */
final class SampleReport {
  static final ReportData EMPTY =
      new ReportData(
          "t",
          "",
          List.of(),
          new Evaluations(OptionalInt.empty(), List.of(), List.of()),
          List.of(),
          new Pairs(List.of(), List.of()),
          List.of());

  private static final TaskInfo LONG =
      new TaskInfo(
          "needle",
          1,
          "Needle in a haystack",
          "Right answers",
          TaskInfo.Context.LONG,
          new TaskInfo.Units("haystacks", "haystacks"),
          List.of(Metric.share("accuracy", "right answers")));

  private static final TaskInfo SHORT =
      new TaskInfo(
          "bits-per-byte",
          1,
          "Held-out text",
          "held-out text",
          TaskInfo.Context.SHORT,
          new TaskInfo.Units("windows", "documents"),
          List.of(Metric.cost("bits_per_byte", "bits per byte", "bits", "bytes")));

  private static final TaskInfo LONG_QUESTIONS = questions("qa-haystack", TaskInfo.Context.LONG);
  private static final TaskInfo QUESTIONS = questions("qa", TaskInfo.Context.SHORT);

  private SampleReport() {}

  private static TaskInfo questions(String id, TaskInfo.Context context) {
    return new TaskInfo(
        id,
        1,
        "Questions",
        "questions about passages",
        context,
        new TaskInfo.Units("passages", "passages"),
        List.of(Metric.share("exact_match", "exact match")));
  }

  /** Two short tasks of both models, and first of the long ones one that only the last ran. */
  static ReportData withQuestions() {
    ReportData sample = of("text");
    List<ModelRows> models = new ArrayList<>();
    for (ModelRows model : sample.evaluations().models()) {
      List<ResultRow> rows = new ArrayList<>(model.rows());
      rows.add(row(QUESTIONS, OptionalInt.empty(), Optional.empty(), 0.5));
      if (!models.isEmpty()) {
        rows.add(row(LONG_QUESTIONS, OptionalInt.of(1024), Optional.empty(), 0.5));
      }
      models.add(new ModelRows(model.model(), rows));
    }
    return new ReportData(
        sample.title(),
        sample.summary(),
        sample.facts(),
        new Evaluations(
            OptionalInt.of(1024), List.of(LONG_QUESTIONS, LONG, QUESTIONS, SHORT), models),
        sample.training(),
        sample.pairs(),
        sample.rounds());
  }

  /** Every section has data, and every text in it is this one. */
  static ReportData of(String text) {
    return of(text, 2.5);
  }

  static ReportData of(String text, double loss) {
    return new ReportData(
        text,
        text,
        List.of(new Fact(text, text)),
        new Evaluations(
            OptionalInt.of(1024),
            List.of(LONG, SHORT),
            List.of(model("before " + text, 0.25), model("after " + text, 0.75))),
        List.of(step(1, loss), step(2, 2), step(3, 1.75)),
        new Pairs(
            List.of(
                new Generation(
                    1,
                    40,
                    List.of(
                        new DropCount(
                            text,
                            3,
                            Optional.of(
                                new DroppedPair(
                                    text, text, Optional.of(text), Optional.empty())))))),
            List.of(
                new PairExample(1, new Source(text, 4096, text), text, text, text, List.of(text)))),
        List.of(new Round(1, 4096, new TrainingSize(20, 40, 2, 1, 5), text)));
  }

  private static TrainingStep step(int step, double loss) {
    return new TrainingStep(
        1,
        step,
        step,
        Map.of(
            "loss", loss,
            "nll", 1.5,
            "rewards/margins", 0.3,
            "kl/short_to_long", 0.05,
            "learning_rate", 3e-4));
  }

  private static ModelRows model(String name, double accuracy) {
    List<ResultRow> rows = new ArrayList<>();
    for (int length : List.of(1024, 4096)) {
      rows.add(row(LONG, OptionalInt.of(length), Optional.empty(), accuracy));
      for (double depth : List.of(0.0, 100.0)) {
        rows.add(row(LONG, OptionalInt.of(length), Optional.of(Slice.ofDepth(depth)), accuracy));
      }
    }
    rows.add(row(SHORT, OptionalInt.empty(), Optional.empty(), 1.23));
    return new ModelRows(name, rows);
  }

  private static ResultRow row(
      TaskInfo task, OptionalInt length, Optional<Slice> slice, double value) {
    return new ResultRow(
        task.id(),
        length,
        slice,
        task.headline().id(),
        new Estimate(value, OptionalDouble.of(0.02), 400, 10));
  }
}
