package org.longpo.evaluation.haystack;

import java.util.List;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.text.Prompts;

/** Texts in a row, cut into {@link Sentences}: any run of them is the text as it was. */
public final class HaystackText {
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
    int[] starts = Sentences.starts(text);
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
}
