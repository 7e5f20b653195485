package org.longpo.evaluation.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A fact that stands nowhere else.
 *
 * @param key an invented, pronounceable name
 * @param value a number of seven digits, as in RULER (Hsieh et al. 2024)
 */
public record Needle(String key, String value) {
  public static final String CONSONANTS = "bdfghjklmnprstvz";
  public static final String VOWELS = "aeiou";
  private static final int SYLLABLES = 4;
  private static final int SMALLEST = 1_000_000;
  private static final int LARGEST = 9_999_999;

  /** {@code count} needles with distinct keys and values, none of which is taken by the text. */
  public static List<Needle> draw(int count, Random random, Predicate<String> taken) {
    Map<String, String> valueByKey = new LinkedHashMap<>();
    while (valueByKey.size() < count) {
      String key = name(random);
      String value = String.valueOf(random.nextInt(SMALLEST, LARGEST + 1));
      if (!valueByKey.containsKey(key)
          && !valueByKey.containsValue(value)
          && !taken.test(key)
          && !taken.test(value)) {
        valueByKey.put(key, value);
      }
    }
    return valueByKey.entrySet().stream()
        .map(entry -> new Needle(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Whether the value occurs in the answer as a word of its own. */
  boolean isFoundIn(String answer) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])")
        .matcher(answer)
        .find();
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < SYLLABLES; i++) {
      name.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      name.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }
}
