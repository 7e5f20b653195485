package org.longpo.tiny.village.skills;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** Numbers that go on by equal steps. */
public record Series() implements ShortSkill {
  private static final int LARGEST_START = 20;
  private static final int LARGEST_STEP = 9;
  private static final int GIVEN = 4;
  private static final int CONTINUED = 3;

  @Override
  public String id() {
    return "series";
  }

  @Override
  public String subject() {
    return "Series of numbers continued";
  }

  @Override
  public Question draw(Random random) {
    int start = 1 + random.nextInt(LARGEST_START);
    int step = 1 + random.nextInt(LARGEST_STEP);
    return Question.exact(
        "Go on: " + numbers(start, step, GIVEN), numbers(start + step * GIVEN, step, CONTINUED));
  }

  private static String numbers(int start, int step, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.valueOf(start + step * i))
        .collect(Collectors.joining(", "));
  }
}
