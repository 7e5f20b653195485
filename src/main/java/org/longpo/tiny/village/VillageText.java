package org.longpo.tiny.village;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts of the village. */
public final class VillageText {
  /** With its full stop; 7.9 in passages, 8.1 in documents. */
  public static final int TOKENS_PER_SENTENCE = 8;

  private static final int SAMPLED = 3000;
  private static final int SAMPLED_SENTENCES = 20;
  private static final int MOST_THEMES = 3;
  private static final int MOST_KINDS = 4;

  private VillageText() {}

  /**
   * A text about a few themes, each of which one kind of question is asked about, and about other
   * things.
   *
   * @param sentences in all, at least 1
   */
  public static Passage mixed(int sentences, Random random) {
    Village village = new Village(random, 1 + random.nextInt(MOST_KINDS));
    List<QuestionKind> themes = new ArrayList<>(QuestionKinds.ALL);
    Collections.shuffle(themes, random);
    List<Statement> told = new ArrayList<>();
    for (QuestionKind theme : themes.subList(0, MOST_THEMES)) {
      List<Statement> more = theme.told(village, sentences, random);
      if (told.size() + more.size() <= sentences) {
        told = merged(told, more, random);
      }
    }
    return Passage.write(village, told, sentences, 0.2 + 0.7 * random.nextDouble(), random);
  }

  /** A document for pairs: many themes, so that every chunk has something to ask for. */
  public static String document(int sentences, Random random) {
    Village village = new Village(random);
    List<Statement> told = new ArrayList<>();
    while (told.size() < sentences / 3) {
      QuestionKind theme = Words.pick(QuestionKinds.ALL, random);
      List<Statement> more = theme.told(village, SAMPLED_SENTENCES, random);
      if (more.stream().noneMatch(Statement.Sighting.class::isInstance)) {
        told.addAll(more);
      }
    }
    return Passage.write(
                village, told.subList(0, Math.min(told.size(), sentences)), sentences, 0.5, random)
            .text()
        + "\n";
  }

  /** Every word of the village, again and again. */
  public static Stream<String> sample(long seed) {
    Random random = new Random(seed);
    Stream<String> passages =
        IntStream.range(0, SAMPLED)
            .boxed()
            .flatMap(
                i -> {
                  Passage passage = mixed(SAMPLED_SENTENCES, random);
                  return Stream.concat(
                      Stream.of(passage.text()),
                      QuestionKinds.ALL.stream()
                          .flatMap(kind -> kind.ask(passage.facts(), random).stream())
                          .flatMap(VillageText::texts));
                });
    Stream<String> skills =
        IntStream.range(0, SAMPLED)
            .boxed()
            .flatMap(i -> ShortSkills.ALL.stream().flatMap(skill -> texts(skill.draw(random))));
    return Stream.concat(passages, skills);
  }

  private static Stream<String> texts(Question question) {
    return Stream.of(question.text(), question.answer());
  }

  /** Both in their own order. */
  private static List<Statement> merged(List<Statement> one, List<Statement> other, Random random) {
    List<Statement> merged = new ArrayList<>();
    int taken = 0;
    int of = 0;
    while (taken < one.size() || of < other.size()) {
      int left = one.size() - taken + other.size() - of;
      boolean first = random.nextInt(left) < one.size() - taken;
      merged.add(first ? one.get(taken++) : other.get(of++));
    }
    return merged;
  }
}
