package org.longpo.evaluation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.evaluation.haystack.HaystackText;

/** Texts whose tokens can be counted by hand. */
public final class Texts {
  private Texts() {}

  /** Sentences of five words each, one after the other. */
  public static String sentences(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Sentence number %d ends here.".formatted(i))
        .collect(Collectors.joining(" "));
  }

  public static HaystackText haystack(WordModel model, String text) {
    return HaystackText.of(List.of(new SourceText("book.txt", text)), new TaskContext(model));
  }
}
