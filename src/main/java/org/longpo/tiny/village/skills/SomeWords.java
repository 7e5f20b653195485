package org.longpo.tiny.village.skills;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Words;

/** Words for tasks about words. */
final class SomeWords {
  private SomeWords() {}

  /** Different words, in a random order. */
  static List<String> draw(int count, Random random) {
    List<String> words = new ArrayList<>(Words.THINGS);
    Collections.shuffle(words, random);
    return List.copyOf(words.subList(0, count));
  }
}
