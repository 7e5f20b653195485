package org.longpo.tiny.village;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.longpo.tiny.WorldWriter;

/** A text with what it tells. */
public record Passage(String text, Facts facts) {
  private static final int SHORTEST_PARAGRAPH = 3;
  private static final int PARAGRAPHS = 6;

  /**
   * Statements among other sentences, in their order and in places drawn at random.
   *
   * @param sentences in all, at least as many as statements
   * @param shareOfStatements of the other sentences; the rest are about nothing that is asked
   */
  public static Passage write(
      Village village,
      List<Statement> told,
      int sentences,
      double shareOfStatements,
      Random random) {
    if (sentences < told.size()) {
      throw new IllegalArgumentException(
          told.size() + " statements in " + sentences + " sentences");
    }
    Set<Integer> places = new HashSet<>();
    while (places.size() < told.size()) {
      places.add(random.nextInt(sentences));
    }
    WorldWriter filler = new WorldWriter(random);
    List<Statement> statements = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int next = 0;
    int untilBreak = SHORTEST_PARAGRAPH + random.nextInt(PARAGRAPHS);
    for (int i = 0; i < sentences; i++) {
      if (i > 0) {
        text.append(untilBreak == 0 ? "\n\n" : " ");
        untilBreak = untilBreak == 0 ? SHORTEST_PARAGRAPH + random.nextInt(PARAGRAPHS) : untilBreak;
      }
      untilBreak--;
      if (places.contains(i)) {
        statements.add(told.get(next++));
      } else if (random.nextDouble() < shareOfStatements) {
        statements.add(village.anything());
      } else {
        text.append(filler.filler());
        continue;
      }
      text.append(Words.pick(statements.getLast().wordings(), random));
    }
    return new Passage(text.toString(), new Facts(statements));
  }
}
