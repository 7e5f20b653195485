package org.longpo.evaluation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts whose tokens can be counted by hand. */
final class Texts {
  private Texts() {}

  /** Sentences of five words each, one after the other. */
  static String sentences(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Sentence number %d ends here.".formatted(i))
        .collect(Collectors.joining(" "));
  }

  static HaystackText haystack(WordModel model, String text) {
    return HaystackText.of(List.of(new SourceText("book.txt", text)), model::countTokens);
  }
}
