package org.longpo.tiny.village.skills;

import java.util.Collections;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** A word as often as it is told. */
public record Repeating() implements ShortSkill {
  private static final int FEWEST = 2;
  private static final int MOST = 6;

  @Override
  public String id() {
    return "repeat";
  }

  @Override
  public String subject() {
    return "Words repeated as often as told";
  }

  @Override
  public Question draw(Random random) {
    String word = SomeWords.draw(1, random).getFirst();
    int times = FEWEST + random.nextInt(MOST - FEWEST + 1);
    return Question.exact(
        "Say %s %d times.".formatted(word, times),
        String.join(" ", Collections.nCopies(times, word)));
  }
}
