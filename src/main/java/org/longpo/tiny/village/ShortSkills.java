package org.longpo.tiny.village;

import java.util.List;
import org.longpo.tiny.village.skills.Arithmetic;
import org.longpo.tiny.village.skills.Capitals;
import org.longpo.tiny.village.skills.Formatting;
import org.longpo.tiny.village.skills.Repeating;
import org.longpo.tiny.village.skills.Reversing;
import org.longpo.tiny.village.skills.Series;
import org.longpo.tiny.village.skills.SortingNumbers;
import org.longpo.tiny.village.skills.SortingWords;
import org.longpo.tiny.village.skills.Verses;

/** All skills without a text. A new one is a line here. */
public final class ShortSkills {
  public static final List<ShortSkill> ALL =
      List.of(
          new Arithmetic(),
          new SortingNumbers(),
          new SortingWords(),
          new Reversing(),
          new Repeating(),
          new Series(),
          new Formatting(),
          new Verses(),
          new Capitals());

  private ShortSkills() {}
}
