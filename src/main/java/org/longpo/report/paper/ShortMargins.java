package org.longpo.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longpo.report.ReportData.Evaluations;

/**
 * The paper's Fig. 3: how much better or worse models are at short contexts than the model that
 * they were trained from, in points of a hundred (MT-Bench's ten points are stretched to a
 * hundred). The paper draws further models, whose figures its Table 3 does not have.
 *
 * @param tasks heads of the columns of Table 3 that were run
 * @param own the run's models without the first, which they are held against
 */
public record ShortMargins(
    String base, List<String> tasks, List<Margins> own, List<Margins> published, String source) {
  /** Of its file. */
  public static final String NAME = "paper-figure-3";

  public static final String TITLE = "Fig. 3: short contexts against the model before";

  private static final double POINTS_OF_JUDGE = 10;

  public ShortMargins {
    tasks = List.copyOf(tasks);
    own = List.copyOf(own);
    published = List.copyOf(published);
  }

  /**
   * @param figures by task; empty where it was not run
   */
  public record Margins(String model, List<OptionalDouble> figures) {
    public Margins {
      figures = List.copyOf(figures);
    }
  }

  /** Empty unless two models were evaluated on a task of Table 3. */
  public static Optional<ShortMargins> of(Evaluations evaluations) {
    List<OwnFigures> models = OwnFigures.of(evaluations);
    if (models.size() < 2) {
      return Optional.empty();
    }
    OwnFigures base = models.getFirst();
    List<OwnFigures> others = models.subList(1, models.size());
    List<PaperColumn> columns =
        PaperColumn.SHORT.stream()
            .filter(column -> others.stream().anyMatch(o -> margin(base, o, column).isPresent()))
            .toList();
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ShortMargins(
            base.name(),
            columns.stream().map(PaperColumn::head).toList(),
            others.stream()
                .map(
                    other ->
                        new Margins(
                            other.name(),
                            columns.stream().map(column -> margin(base, other, column)).toList()))
                .toList(),
            published(columns),
            Published.PAPER.source() + ", from Table 3"));
  }

  private static OptionalDouble margin(OwnFigures base, OwnFigures other, PaperColumn column) {
    return margin(
        column, base.value(column, OptionalInt.empty()), other.value(column, OptionalInt.empty()));
  }

  private static List<Margins> published(List<PaperColumn> columns) {
    List<Margins> margins = new ArrayList<>();
    for (Published.Line line : Published.PAPER.shortTable()) {
      Optional.ofNullable(Published.PAPER.bases().get(line.model()))
          .map(ShortMargins::line)
          .ifPresent(base -> margins.add(margins(line, base, columns)));
    }
    return margins;
  }

  private static Margins margins(
      Published.Line line, Published.Line base, List<PaperColumn> columns) {
    return new Margins(
        line.model(),
        columns.stream()
            .map(
                column -> {
                  int place = PaperColumn.SHORT.indexOf(column);
                  return margin(column, base.figures().get(place), line.figures().get(place));
                })
            .toList());
  }

  private static Published.Line line(String model) {
    return Published.PAPER.shortTable().stream()
        .filter(line -> line.model().equals(model))
        .findFirst()
        .orElseThrow();
  }

  private static OptionalDouble margin(
      PaperColumn column, OptionalDouble base, OptionalDouble other) {
    if (base.isEmpty() || other.isEmpty()) {
      return OptionalDouble.empty();
    }
    double scale = column.equals(PaperColumn.MT_BENCH) ? POINTS_OF_JUDGE : 1;
    return OptionalDouble.of(scale * (other.getAsDouble() - base.getAsDouble()));
  }
}
