package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** Numbers from small to large. */
public record SortingNumbers() implements ShortSkill {
  private static final int FEWEST = 3;
  private static final int MOST = 4;
  private static final int LARGEST = 99;

  @Override
  public String id() {
    return "sort-numbers";
  }

  @Override
  public String subject() {
    return "Sorted numbers";
  }

  @Override
  public Question draw(Random random) {
    List<Integer> numbers =
        random
            .ints(1, LARGEST + 1)
            .distinct()
            .limit(FEWEST + random.nextInt(MOST - FEWEST + 1))
            .boxed()
            .toList();
    return Question.exact(
        "Sort the numbers " + joined(numbers) + ".", joined(numbers.stream().sorted().toList()));
  }

  private static String joined(List<Integer> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }
}
