package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RULER's frequent words ({@code freq_words_extraction.py}): coded words whose frequencies follow a
 * zeta distribution with alpha 2, the most frequent one replaced by dots; the next three are asked
 * for.
 */
record FrequentWordRecipe() implements Recipe {
  private static final double ALPHA = 2;

  /** The distribution's sum, zeta(2). */
  private static final double ZETA = Math.PI * Math.PI / 6;

  private static final String DOTS = "...";
  private static final int ASKED = 3;
  private static final int LETTERS = 6;

  private static final int TOKENS_PER_WORD = 50;

  /** The dots, what is asked for, and one word that is not: shorter contexts would have fewer. */
  private static final int FEWEST_WORDS = 1 + ASKED + 1;

  @Override
  public Growing draw(Draw draw) {
    KindWording wording = draw.wording().of(RulerKind.FREQUENT_WORDS);
    int tokens = draw.length() - wording.answerTokens();
    List<String> vocabulary =
        vocabulary(Math.max(FEWEST_WORDS, tokens / TOKENS_PER_WORD), draw.random("vocabulary"));
    return new Growing() {
      @Override
      public int smallest() {
        int size = 1;
        while (!areAskedClear(size)) {
          size++;
        }
        return size;
      }

      @Override
      public RulerSample sample(int size) {
        List<String> text = new ArrayList<>();
        int[] counts = counts(vocabulary.size(), size);
        for (int i = 0; i < counts.length; i++) {
          text.addAll(Collections.nCopies(counts[i], vocabulary.get(i)));
        }
        Collections.shuffle(text, draw.random("text"));
        return asked(wording, text, vocabulary.subList(1, 1 + ASKED));
      }
    };
  }

  /** The question for the frequent words of a text. */
  static RulerSample asked(KindWording wording, List<String> text, List<String> frequent) {
    return wording.sample(Map.of("context", String.join(" ", text)), frequent);
  }

  /** Whether each word that is asked for stands more often than the next one. */
  private static boolean areAskedClear(int size) {
    int[] counts = counts(FEWEST_WORDS, size);
    boolean clear = true;
    for (int i = 1; i <= ASKED; i++) {
      clear &= counts[i] > counts[i + 1];
    }
    return clear;
  }

  /**
   * How often the words stand in a text.
   *
   * @param size of the text, had every word of the distribution its exact share
   */
  static int[] counts(int words, int size) {
    int[] counts = new int[words];
    Arrays.setAll(counts, i -> (int) (size * Math.pow(i + 1.0, -ALPHA) / ZETA));
    return counts;
  }

  private static List<String> vocabulary(int words, Random random) {
    return Stream.concat(
            Stream.of(DOTS), Stream.generate(() -> codedWord(random)).distinct().limit(words - 1L))
        .toList();
  }

  private static String codedWord(Random random) {
    return random
        .ints(LETTERS, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
