package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private static List<TaskItem> items(int... tokens) {
    return Arrays.stream(tokens)
        .mapToObj(
            count ->
                new TaskItem(
                    0,
                    0,
                    count,
                    () -> {},
                    () -> {
                      throw new IllegalStateException("borders ask nothing");
                    }))
        .toList();
  }

  @Test
  void shouldTakeItemsUntilTheirTokensAreTooMany() {
    assertThat(new BatchSize(10, 9).borders(items(4, 6, 1, 9, 1))).containsExactly(0, 2, 4, 5);
  }

  @Test
  void shouldTakeOneItemThatIsLongerThanABatch() {
    assertThat(new BatchSize(10, 9).borders(items(50, 50, 1))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shouldTakeNoMoreItemsThanItMay() {
    assertThat(new BatchSize(10, 2).borders(items(1, 1, 1, 1, 1))).containsExactly(0, 2, 4, 5);
  }
}
