package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.haystack.Sentences;

/**
 * The sentences of a user's texts, each on one line, where RULER has Paul Graham's essays. As
 * there, a context begins at the texts' beginning, and where they are too short they begin again.
 */
final class Essay {
  private final List<SourceText> sources;
  private final List<String> sentences = new ArrayList<>();
  private int cut;

  Essay(List<SourceText> sources) {
    this.sources = sources;
  }

  /** Of these texts; all tasks of a context share their sentences. */
  static Essay of(List<SourceText> sources, TaskContext context) {
    return context.shared(Essay.class, () -> new Essay(sources));
  }

  /**
   * The first sentences; texts are cut when they are needed.
   *
   * @throws UserError if there is no sentence
   */
  synchronized List<String> first(int count) {
    while (sentences.size() < count && cut < sources.size()) {
      String text = sources.get(cut).text();
      cut++;
      Sentences.of(text).stream()
          .map(sentence -> sentence.strip().replaceAll("\\s+", " "))
          .filter(sentence -> !sentence.isEmpty())
          .forEach(sentences::add);
    }
    if (sentences.isEmpty()) {
      throw new UserError("The haystack texts (--documents) have no sentence; give others.");
    }
    List<String> first = new ArrayList<>(count);
    while (first.size() < count) {
      first.addAll(sentences.subList(0, Math.min(sentences.size(), count - first.size())));
    }
    return first;
  }

  boolean contains(String words) {
    return sources.stream().anyMatch(source -> source.text().contains(words));
  }
}
