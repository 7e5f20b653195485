package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How many items take their steps together: the next ones as long as both limits hold, and at least
 * one.
 */
public record BatchSize(int tokens, int items) {
  /**
   * Enough tokens for a call to be worth its overhead, and few enough to lose with a killed run.
   */
  public static final BatchSize DEFAULT = new BatchSize(65_536, 128);

  /**
   * Where batches begin, and the end of the last one. They follow from the items alone, so that a
   * run that was stopped within a batch computes the same batch again.
   */
  public List<Integer> borders(List<TaskItem> all) {
    List<Integer> borders = new ArrayList<>(List.of(0));
    long sum = 0;
    for (int i = 0; i < all.size(); i++) {
      int before = i - borders.getLast();
      if (before > 0 && (before == items || sum + all.get(i).tokens() > tokens)) {
        borders.add(i);
        sum = 0;
      }
      sum += all.get(i).tokens();
    }
    borders.add(all.size());
    return borders;
  }
}
