package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * RULER's common words ({@code common_words_extraction.py}): a numbered list in which ten words
 * stand more often than all others. A shorter example with its answer comes before, in the same
 * message. Where a list wants more words than the user's lists have, the others are made up; RULER
 * then takes all from a larger list of English words.
 */
record CommonWordRecipe(RulerWords words) implements Recipe {
  private static final int COMMON = 10;

  /** Contexts of fewer tokens repeat words less often. */
  private static final int SHORT_CONTEXT = 4096;

  /** How often the common words stand in a list, and the others. */
  private record Repeats(int common, int others) {}

  @Override
  public Growing draw(Draw draw) {
    KindWording wording = draw.wording().of(RulerKind.COMMON_WORDS);
    boolean isShort = draw.length() < SHORT_CONTEXT;
    Repeats repeats = isShort ? new Repeats(6, 1) : new Repeats(30, 3);
    List<String> exampleWords = sampled(isShort ? 20 : 40, draw, "example words");
    String example =
        solved(
            sample(
                wording,
                exampleWords,
                isShort ? new Repeats(3, 1) : new Repeats(10, 3),
                draw.random("example")));
    return new Growing() {
      /** One word that is not common. */
      @Override
      public int smallest() {
        return COMMON + 1;
      }

      @Override
      public RulerSample sample(int size) {
        return CommonWordRecipe.sample(
                wording, sampled(size, draw, "words"), repeats, draw.random("list"))
            .after(example);
      }
    };
  }

  /**
   * So many distinct words in random order; fewer are the first of more, as far as the lists reach.
   */
  private List<String> sampled(int count, Draw draw, String purpose) {
    Random random = draw.random(purpose);
    List<String> listed = new ArrayList<>(words.all());
    Collections.shuffle(listed, random);
    if (count <= listed.size()) {
      return listed.subList(0, count);
    }
    List<String> all = new ArrayList<>(listed);
    all.addAll(MadeUpWords.distinct(count - listed.size(), new HashSet<>(listed), random));
    // The common words must not be those of the lists, which look different.
    Collections.shuffle(all, draw.random(purpose + " mixed"));
    return all;
  }

  /** An example with its answer, as it stands before the task. */
  static String solved(RulerSample example) {
    return example.input() + example.answerPrefix() + " " + numbered(example.outputs()) + "\n";
  }

  /** A list of words, of which the first ten are the common ones. */
  private static RulerSample sample(
      KindWording wording, List<String> words, Repeats repeats, Random random) {
    List<String> common = words.subList(0, COMMON);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      list.addAll(
          Collections.nCopies(i < COMMON ? repeats.common() : repeats.others(), words.get(i)));
    }
    Collections.shuffle(list, random);
    return asked(wording, list, common);
  }

  /** The question for the common words of a list. */
  static RulerSample asked(KindWording wording, List<String> list, List<String> common) {
    return wording.sample(Map.of("context", numbered(list)), common);
  }

  /** "1. first 2. second". */
  static String numbered(List<String> words) {
    return IntStream.range(0, words.size())
        .mapToObj(i -> (i + 1) + ". " + words.get(i))
        .collect(Collectors.joining(" "));
  }
}
