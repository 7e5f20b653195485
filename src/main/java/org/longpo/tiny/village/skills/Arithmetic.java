package org.longpo.tiny.village.skills;

import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** Sums and differences of small numbers. */
public record Arithmetic() implements ShortSkill {
  private static final int LARGEST = 12;

  @Override
  public String id() {
    return "arithmetic";
  }

  @Override
  public String subject() {
    return "Sums and differences";
  }

  @Override
  public Question draw(Random random) {
    int one = 1 + random.nextInt(LARGEST);
    int other = 1 + random.nextInt(LARGEST);
    if (random.nextBoolean()) {
      return Question.exact("What is %d + %d?".formatted(one, other), "" + (one + other));
    }
    int more = Math.max(one, other);
    int less = Math.min(one, other);
    return Question.exact("What is %d - %d?".formatted(more, less), "" + (more - less));
  }
}
