package org.longpo.report.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.report.PaperSample;
import org.longpo.report.paper.PaperTable.Row;

class PaperTablesTest {
  /** Figures are rounded to two decimals, and their means again. */
  private static final double ROUNDING = 0.011;

  private static final double EXACT = 1e-9;

  private static PaperTable table(List<PaperTable> tables, String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  private static double figure(PaperTable table, Row row, String head) {
    return row.figures().get(table.heads().indexOf(head)).orElseThrow();
  }

  private static Row row(PaperTable table, String model, String detail) {
    return table.own().stream()
        .filter(row -> row.model().equals(model) && row.detail().equals(detail))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldTakeEveryFigureFromItsTasks() {
    PaperTable main = table(PaperTables.of(PaperSample.everything()), "paper-table-1");
    assertThat(main.own()).extracting(Row::model).hasSize(3).startsWith("before");
    Row before = main.own().getFirst();
    // The tasks in their order have 10, 11, ... 27 % (judged ones 2.8 and 2.9 of 10), 5 less for
    // each of the three lengths beyond the first.
    assertThat(figure(main, before, "En.Sum")).isCloseTo(23, within(EXACT));
    assertThat(figure(main, before, "En.QA")).isCloseTo(24, within(EXACT));
    assertThat(figure(main, before, "En.MC")).isCloseTo(25, within(EXACT));
    assertThat(figure(main, before, "InfiniteBench mean")).isCloseTo(24, within(EXACT));
    assertThat(figure(main, before, "NIAH")).isCloseTo(13.5 - 5, within(EXACT));
    assertThat(figure(main, before, "VT")).isCloseTo(18 - 5, within(EXACT));
    assertThat(figure(main, before, "QA")).isCloseTo(21.5 - 5, within(EXACT));
    assertThat(figure(main, before, "RULER mean")).isCloseTo(38.0 / 3, within(EXACT));
    assertThat(figure(main, before, "LongBench-Chat")).isCloseTo(3.0, within(EXACT));
    assertThat(main.titles().caption()).contains("yours over 2K, 4K, 8K");
    PaperTable shortTable = table(PaperTables.of(PaperSample.everything()), "paper-table-3");
    assertThat(shortTable.own().getFirst().figures())
        .extracting(OptionalDouble::getAsDouble)
        .usingElementComparator((a, b) -> Math.abs(a - b) < EXACT ? 0 : 1)
        .containsExactly(26.0, 27.0, 28.0, 29.0, 3.1);
  }

  @Test
  void shouldShowRulerByOwnLengthsBesideThePapers() {
    PaperTable ruler = table(PaperTables.of(PaperSample.everything()), "paper-table-2");
    assertThat(ruler.heads())
        .containsExactly("2K", "4K", "8K", "16K", "32K", "64K", "128K", "mean");
    assertThat(ruler.own()).hasSize(3 * 5);
    Row aggregation = row(ruler, "before", "AGG");
    assertThat(figure(ruler, aggregation, "2K")).isCloseTo(19.5, within(EXACT));
    assertThat(figure(ruler, aggregation, "8K")).isCloseTo(9.5, within(EXACT));
    assertThat(figure(ruler, aggregation, "mean")).isCloseTo(14.5, within(EXACT));
    assertThat(aggregation.figures().subList(3, 7)).allMatch(OptionalDouble::isEmpty);
    assertThat(figure(ruler, row(ruler, "before", "AVG13"), "2K")).isCloseTo(16, within(EXACT));
    Row published = ruler.published().getFirst();
    assertThat(published.figures().getFirst()).isEmpty();
    assertThat(figure(ruler, published, "128K")).isEqualTo(26.86);
    assertThat(figure(ruler, published, "mean")).isEqualTo(82.10);
  }

  @Test
  void shouldHaveNoTableOfTasksThatWereNotRun() {
    assertThat(PaperTables.of(PaperSample.of(List.of("needle", "piqa"), List.of(4096)))).isEmpty();
    assertThat(PaperTables.of(PaperSample.of(List.of("mmlu"), List.of(4096))))
        .extracting(PaperTable::name)
        .containsExactly("paper-table-3");
  }

  /** A mean of some needles is not the paper's, and 0 would be a lie. */
  @Test
  void shouldLeaveOutWhatIsNotComplete() {
    List<PaperTable> tables =
        PaperTables.of(
            PaperSample.of(
                List.of("niah-single-1", "niah-multiquery", "vt", "mmlu"), List.of(4096, 3000)));
    PaperTable main = table(tables, "paper-table-1");
    Row before = main.own().getFirst();
    assertThat(before.figures().get(main.heads().indexOf("NIAH"))).isEmpty();
    assertThat(before.figures().get(main.heads().indexOf("En.Sum"))).isEmpty();
    assertThat(before.figures().get(main.heads().indexOf("RULER mean"))).isEmpty();
    assertThat(figure(main, before, "VT")).isCloseTo(12 - 2.5, within(EXACT));
    assertThat(main.remarks().notes())
        .contains(
            "NIAH is the mean of 8 tasks, of which only niah-single-1, niah-multiquery was run.")
        .hasSize(2);
    PaperTable ruler = table(tables, "paper-table-2");
    assertThat(ruler.heads()).startsWith("3,000", "4K");
    assertThat(ruler.own()).extracting(Row::detail).containsOnly("NIAH", "VT");
    assertThat(table(tables, "paper-table-3").own().getFirst().figures())
        .extracting(OptionalDouble::isPresent)
        .containsExactly(true, false, false, false, false);
  }

  /** Averages of the paper are those of its figures, so that a slip of the pen would show. */
  @Test
  void shouldCarryFiguresThatAgreeWithTheirMeans() {
    for (Published.Line line : Published.PAPER.mainTable()) {
      List<OptionalDouble> figures = line.figures();
      assertThat(figures).as(line.model()).hasSize(9);
      // The paper's own slip: the page says so.
      double slip = line.model().equals("Mistral-7B DPO") ? 1 : 0;
      assertThat(mean(figures.subList(0, 3)) + slip)
          .as(line.model())
          .isCloseTo(figures.get(3).orElseThrow(), within(ROUNDING));
      assertThat(mean(figures.subList(4, 7)))
          .as(line.model())
          .isCloseTo(figures.get(7).orElseThrow(), within(ROUNDING));
    }
    for (Published.Line line : Published.PAPER.ruler()) {
      List<OptionalDouble> figures = line.figures();
      assertThat(figures).hasSize(Published.RULER_LENGTHS.size() + 1);
      assertThat(mean(figures.subList(0, 6)))
          .as(line.model() + " " + line.detail())
          .isCloseTo(figures.get(6).orElseThrow(), within(ROUNDING));
    }
    assertThat(Published.PAPER.shortTable()).hasSize(6);
    List<String> models = Published.PAPER.shortTable().stream().map(Published.Line::model).toList();
    assertThat(models).containsAll(Published.PAPER.bases().keySet());
    assertThat(models).containsAll(Published.PAPER.bases().values());
  }

  private static double mean(List<OptionalDouble> figures) {
    return Means.of(figures).orElseThrow();
  }

  @Test
  void shouldNameTasksThatThereAre() {
    List<String> known = Tasks.ALL.stream().map(task -> task.info().id()).toList();
    for (List<PaperColumn> columns :
        List.of(PaperColumn.LONG, PaperColumn.RULER, PaperColumn.SHORT)) {
      columns.forEach(column -> assertThat(known).containsAll(column.tasks()));
    }
  }

  @Test
  void shouldNameEveryTaskOnce() {
    List<String> all = new ArrayList<>();
    PaperColumn.LONG.forEach(column -> all.addAll(column.tasks()));
    all.addAll(PaperColumn.AGG.tasks());
    PaperColumn.SHORT.forEach(column -> all.addAll(column.tasks()));
    assertThat(all).doesNotHaveDuplicates().hasSize(3 + 13 + 1 + 5);
    assertThat(PaperColumn.RULER_ALL.tasks()).containsExactlyElementsOf(PaperSample.RULER);
  }
}
