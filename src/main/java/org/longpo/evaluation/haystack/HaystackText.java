package org.longpo.evaluation.haystack;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.text.Prompts;

/**
 * Texts in a row, cut into sentences. A border stands after every sentence and after every
 * paragraph (a blank line); white space belongs to the sentence before it, so that any run of
 * sentences is the text as it was.
 */
public final class HaystackText {
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[^\\S\\r\\n]*\\R\\s*");
  private static final String BETWEEN_TEXTS = "\n\n";

  private final String text;

  /** Where sentence i begins, and one entry more for the end. UTF-16 units. */
  private final int[] starts;

  /** Tokens of the sentences before i, each counted alone. */
  private final long[] tokensBefore;

  private HaystackText(String text, int[] starts, long[] tokensBefore) {
    this.text = text;
    this.starts = starts;
    this.tokensBefore = tokensBefore;
  }

  /** Cuts texts into sentences; once for all tasks that do so in a context. */
  public static HaystackText of(List<SourceText> sources, TaskContext context) {
    return context.shared(HaystackText.class, () -> cut(sources, context.prompts()));
  }

  private static HaystackText cut(List<SourceText> sources, Prompts prompts) {
    StringBuilder joined = new StringBuilder();
    for (SourceText source : sources) {
      if (!source.text().isBlank()) {
        joined.append(joined.isEmpty() ? "" : BETWEEN_TEXTS).append(source.text().strip());
      }
    }
    String text = joined.toString();
    int[] starts = sentenceStarts(text);
    long[] tokensBefore = new long[starts.length];
    for (int i = 0; i + 1 < starts.length; i++) {
      tokensBefore[i + 1] =
          tokensBefore[i] + prompts.countTokens(text.substring(starts[i], starts[i + 1]));
    }
    return new HaystackText(text, starts, tokensBefore);
  }

  int sentences() {
    return starts.length - 1;
  }

  /** The text of the sentences [from, to). */
  String text(int from, int to) {
    return text.substring(starts[from], starts[to]);
  }

  /**
   * Tokens of the sentences [from, to), each counted alone: an estimate, as a tokenizer may count
   * some more or fewer where they stand together.
   */
  long tokens(int from, int to) {
    return tokensBefore[to] - tokensBefore[from];
  }

  /**
   * The last border, at least {@code from}, that {@code tokens} tokens from {@code from} on reach.
   */
  int reach(int from, long tokens) {
    int low = from;
    int high = sentences();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tokens(from, middle) <= tokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  public boolean contains(String words) {
    return text.contains(words);
  }

  private static int[] sentenceStarts(String text) {
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
