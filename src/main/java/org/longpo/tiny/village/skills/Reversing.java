package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** Words in the reverse order. */
public record Reversing() implements ShortSkill {
  private static final int FEWEST = 3;
  private static final int MOST = 5;

  @Override
  public String id() {
    return "reverse";
  }

  @Override
  public String subject() {
    return "Words in reverse order";
  }

  @Override
  public Question draw(Random random) {
    List<String> words = SomeWords.draw(FEWEST + random.nextInt(MOST - FEWEST + 1), random);
    return Question.exact(
        "Turn round the words " + String.join(", ", words) + ".",
        String.join(", ", words.reversed()));
  }
}
