package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;

/** Words by the alphabet. */
public record SortingWords() implements ShortSkill {
  private static final int FEWEST = 3;
  private static final int MOST = 4;

  @Override
  public String id() {
    return "sort-words";
  }

  @Override
  public String subject() {
    return "Sorted words";
  }

  @Override
  public Question draw(Random random) {
    List<String> words = SomeWords.draw(FEWEST + random.nextInt(MOST - FEWEST + 1), random);
    return Question.exact(
        "Sort the words " + String.join(", ", words) + ".",
        String.join(", ", words.stream().sorted().toList()));
  }
}
