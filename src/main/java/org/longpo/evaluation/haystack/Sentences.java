package org.longpo.evaluation.haystack;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into sentences. A border stands after every sentence and after every paragraph (a blank
 * line); white space belongs to the sentence before it.
 */
public final class Sentences {
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[^\\S\\r\\n]*\\R\\s*");

  private Sentences() {}

  /** The sentences of a text; joined, they are the text. */
  public static List<String> of(String text) {
    int[] starts = starts(text);
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i + 1 < starts.length; i++) {
      sentences.add(text.substring(starts[i], starts[i + 1]));
    }
    return sentences;
  }

  /** Where sentence i begins, and one entry more for the end. UTF-16 units. */
  static int[] starts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    Matcher paragraph = PARAGRAPH_END.matcher(text);
    int from = 0;
    while (from < text.length()) {
      int to = paragraph.find() ? paragraph.end() : text.length();
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
      sentences.setText(text.substring(from, to));
      for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
        starts.add(from + end);
      }
      from = to;
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
