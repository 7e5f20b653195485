package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.Needle;

/**
 * Words of syllables that can be spoken, for who has no lists of words. All have the same length,
 * so that none is found within another.
 */
final class MadeUpWords {
  private static final int SYLLABLES = 3;

  private static final int KINDS = Needle.CONSONANTS.length() * Needle.VOWELS.length();

  private static final int ALL = KINDS * KINDS * KINDS;

  /** To draw distinct ones by chance takes long where most are taken. */
  private static final int MOST = ALL / 2;

  private MadeUpWords() {}

  static String draw(Random random) {
    return word(random.nextInt(ALL));
  }

  /**
   * Distinct ones, without the given ones; more of them begin with those of fewer.
   *
   * @throws UserError if there are not so many
   */
  static List<String> distinct(int count, Set<String> without, Random random) {
    if (count > MOST) {
      throw new UserError(
          ("A list of %,d different words is asked for and %,d can be made up; give a smaller"
                  + " length.")
              .formatted(count, MOST));
    }
    return random
        .ints(0, ALL)
        .distinct()
        .mapToObj(MadeUpWords::word)
        .filter(word -> !without.contains(word))
        .limit(count)
        .toList();
  }

  /** The word of this number: its digits are the syllables. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int i = 0, rest = number; i < SYLLABLES; i++, rest /= KINDS) {
      int syllable = rest % KINDS;
      word.append(Needle.CONSONANTS.charAt(syllable / Needle.VOWELS.length()));
      word.append(Needle.VOWELS.charAt(syllable % Needle.VOWELS.length()));
    }
    return word.toString();
  }
}
