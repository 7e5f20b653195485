package org.longpo.evaluation.longtext;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions whose prompts are the same up to the end of their text.
 *
 * @param cluster the number of the first group that has the same text
 * @param questions in the order of the file
 */
public record QuestionGroup(LongText about, int cluster, List<LongQuestion> questions) {
  public QuestionGroup {
    questions = List.copyOf(questions);
  }

  /** All groups, in the order in which the questions first mention them. */
  public static List<QuestionGroup> of(List<LongQuestion> questions) {
    Map<LongText, List<LongQuestion>> byText = new LinkedHashMap<>();
    for (LongQuestion question : questions) {
      byText.computeIfAbsent(question.about(), about -> new ArrayList<>()).add(question);
    }
    Map<String, Integer> clusters = new HashMap<>();
    List<QuestionGroup> groups = new ArrayList<>();
    byText.forEach(
        (about, own) -> {
          int cluster = clusters.computeIfAbsent(about.text(), text -> groups.size());
          groups.add(new QuestionGroup(about, cluster, own));
        });
    return groups;
  }
}
