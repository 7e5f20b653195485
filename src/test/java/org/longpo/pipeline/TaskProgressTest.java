package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.progress.Progress;

class TaskProgressTest {
  private static final TaskInfo TASK =
      new TaskInfo(
          "toy",
          1,
          "Toy",
          "Right",
          TaskInfo.Context.LONG,
          new TaskInfo.Units("questions", "texts"),
          List.of(Metric.share("right", "right answers")));

  private final List<String> told = new ArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public Task start(String name, String unit, long doneUnits, long totalUnits) {
          told.add("%s: %d of %d".formatted(name, doneUnits, totalUnits));
          return (units, tokens, figures) -> told.add(figures);
        }

        @Override
        public void say(String sentence) {}
      };

  private static List<TaskItem> items() {
    return Stream.of(100, 200)
        .flatMap(
            length ->
                IntStream.range(0, 2)
                    .mapToObj(
                        index ->
                            new TaskItem(
                                length,
                                index,
                                length,
                                () -> {},
                                () -> {
                                  throw new IllegalStateException("not begun");
                                })))
        .toList();
  }

  private static ItemResult result(int length, int index, double right) {
    return new ItemResult(
        length,
        index,
        index,
        List.of(new Sample(Optional.empty(), "", Map.of("right", right), Optional.empty())));
  }

  @Test
  void shouldCountEveryLengthForItself() {
    try (TaskProgress shown = new TaskProgress(TASK, items(), List.of(), progress)) {
      shown.begin();
      shown.add(result(100, 0, 1));
      shown.add(result(100, 1, 0));
      shown.begin();
      shown.add(result(200, 0, 0));
      shown.add(result(200, 1, 0));
    }
    assertThat(told)
        .containsExactly(
            "Toy at 100 tokens: 0 of 2",
            "100.0 % right answers",
            "50.0 % right answers",
            "Toy at 200 tokens: 0 of 2",
            "0.0 % right answers",
            "0.0 % right answers");
  }

  @Test
  void shouldGoOnWithinALengthThatHasResults() {
    List<ItemResult> logged = List.of(result(100, 0, 0), result(100, 1, 0), result(200, 0, 1));
    try (TaskProgress shown = new TaskProgress(TASK, items(), logged, progress)) {
      shown.begin();
      shown.add(result(200, 1, 0));
    }
    assertThat(told).containsExactly("Toy at 200 tokens: 1 of 2", "50.0 % right answers");
  }
}
