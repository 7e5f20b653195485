package org.longpo.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.longpo.evaluation.comparison.TestResults.item;
import static org.longpo.evaluation.comparison.TestResults.model;
import static org.longpo.evaluation.comparison.TestResults.task;
import static org.longpo.evaluation.comparison.TestResults.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.comparison.ResultTable.Cell;
import org.longpo.evaluation.comparison.ResultTable.Row;

class TableBuilderTest {
  private static final TaskInfo TASK = task("needle", 1);
  private static final String SETTINGS = "{\"settings\": {\"lengths\": [100, 200]}}";

  private static List<ItemResult> twoLengths(int right, int wrong) {
    List<ItemResult> items = new ArrayList<>(texts(100, right, wrong));
    items.addAll(texts(200, right, wrong));
    return items;
  }

  private static Cell cell(ResultTable table, int row, int column) {
    return table.rows().get(row).cells().get(column).orElseThrow();
  }

  @Test
  void shouldHaveARowForEachLengthAndOneForTheirMean() {
    ResultTable table =
        TableBuilder.of(
            List.of(
                model("before", TASK, SETTINGS, twoLengths(2, 38)),
                model("after", TASK, SETTINGS, twoLengths(36, 4))),
            "before");
    assertThat(table.rows())
        .extracting(Row::lengths)
        .containsExactly(List.of(100), List.of(200), List.of(100, 200));
    assertThat(table.rows()).extracting(Row::isMean).containsExactly(false, false, true);
    for (int row = 0; row < 3; row++) {
      assertThat(cell(table, row, 0).difference()).isEmpty();
      assertThat(cell(table, row, 1).difference().orElseThrow().isSignificant()).isTrue();
      assertThat(cell(table, row, 1).estimate().value()).isEqualTo(0.9);
    }
    assertThat(table.differences()).hasSize(3);
    assertThat(table.notes()).isEmpty();
  }

  @Test
  void shouldCompareWithTheColumnThatIsNamed() {
    ResultTable table =
        TableBuilder.of(
            List.of(
                model("before", TASK, SETTINGS, texts(100, 2, 38)),
                model("after", TASK, SETTINGS, texts(100, 36, 4))),
            "after");
    assertThat(cell(table, 0, 0).difference().orElseThrow().value()).isNegative();
    assertThat(cell(table, 0, 1).difference()).isEmpty();
  }

  @Test
  void shouldNotCompareWhatWasMeasuredOtherwise() {
    ResultTable table =
        TableBuilder.of(
            List.of(
                model("one", TASK, SETTINGS, texts(100, 2, 38)),
                model("settings", TASK, "{\"settings\": {\"lengths\": [100]}}", texts(100, 30, 10)),
                model("version", task("needle", 2), SETTINGS, texts(100, 30, 10)),
                model("samples", TASK, SETTINGS, texts(100, 30, 11))),
            "one");
    assertThat(table.differences()).isEmpty();
    assertThat(table.rows().getFirst().cells()).allMatch(Optional::isPresent);
    assertThat(cell(table, 0, 1).measuresOther()).isPresent();
    assertThat(table.notes())
        .containsExactly(
            "needle: one and settings measure different things and are not compared:"
                + " settings.lengths [100,200] and [100].",
            "needle: one and version measure different things and are not compared:"
                + " version 1 and version 2 of the task.",
            "needle: one and samples measure different things and are not compared:"
                + " other samples, as where another tokenizer cuts the text.");
  }

  @Test
  void shouldLeaveAGapWhereAModelHasNoFigures() {
    ResultTable table =
        TableBuilder.of(
            List.of(
                model("one", TASK, SETTINGS, texts(100, 2, 38)),
                model("other", task("qa", 1), SETTINGS, List.of(item(0, 0, 1), item(0, 1, 0)))),
            "one");
    assertThat(table.rows()).extracting(row -> row.task().id()).containsExactly("needle", "qa");
    assertThat(table.rows().getFirst().cells().getLast()).isEmpty();
    assertThat(table.rows().getLast().lengths()).isEmpty();
    assertThat(table.rows().getLast().cells().getFirst()).isEmpty();
    assertThat(table.notes())
        .containsExactly("qa: one has no figures of it, so nothing is compared.");
  }

  /** A mean over other lengths would be another figure. */
  @Test
  void shouldTakeTheMeanOverTheLengthsThatAllHave() {
    List<ItemResult> three = twoLengths(10, 10);
    three.addAll(texts(400, 0, 20));
    ResultTable table =
        TableBuilder.of(
            List.of(
                model("three", TASK, SETTINGS, three),
                model("two", TASK, "{}", twoLengths(10, 10))),
            "three");
    assertThat(table.rows())
        .extracting(Row::lengths)
        .containsExactly(List.of(100), List.of(200), List.of(400), List.of(100, 200));
    assertThat(cell(table, 3, 0).estimate().value()).isEqualTo(0.5);
  }
}
