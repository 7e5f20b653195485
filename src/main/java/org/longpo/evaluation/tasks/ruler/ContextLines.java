package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.List;

/** Contexts as RULER composes them: what is hidden, and what it is hidden in. */
final class ContextLines {
  private static final int WHOLE_PERCENT = 100;

  private ContextLines() {}

  /**
   * Lines with others put between them.
   *
   * @param hidden in the order in which they stand in the context
   * @param places for each the number of {@code lines} before it, growing
   */
  static List<String> hide(List<String> lines, List<String> hidden, List<Integer> places) {
    List<String> all = new ArrayList<>(lines.size() + hidden.size());
    int from = 0;
    for (int i = 0; i < hidden.size(); i++) {
      all.addAll(lines.subList(from, places.get(i)));
      all.add(hidden.get(i));
      from = places.get(i);
    }
    all.addAll(lines.subList(from, lines.size()));
    return all;
  }

  /**
   * A text of sentences with others put between them. As in {@code niah.py}, a hidden sentence with
   * nothing before or after it has a space there all the same.
   *
   * @param hidden in the order in which they stand in the context
   * @param depthPercents for each the share of the sentences before it, growing
   */
  static String hideInText(
      List<String> sentences, List<String> hidden, List<Integer> depthPercents) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < hidden.size(); i++) {
      int to = (int) (sentences.size() * (depthPercents.get(i) / (double) WHOLE_PERCENT));
      parts.add(String.join(" ", sentences.subList(from, to)));
      parts.add(hidden.get(i));
      from = to;
    }
    parts.add(String.join(" ", sentences.subList(from, sentences.size())));
    return String.join(" ", parts);
  }
}
