package org.longpo.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tokenizer in which every word of some texts is one token, with a space before it and without
 * one as the texts have it; so are numbers of up to two digits. Everything else is bytes: without
 * merges the vocabulary has no parts of words, which would be half of a tiny model's embedding.
 */
public final class WordTokenizer {
  /** Like {@link TokenizerFiles#PIECES}, but with the space before a number. */
  private static final Pattern PIECES =
      Pattern.compile(
          " ?\\p{L}+| ?\\p{N}{1,2}| ?[^\\s\\p{L}\\p{N}]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

  private WordTokenizer() {}

  /** Writes the tokenizer's files and returns the number of tokens. */
  public static int write(Path folder, Stream<String> texts) throws IOException {
    SequencedSet<String> words = new LinkedHashSet<>();
    String space = TokenizerFiles.symbols(" ");
    for (int number = 0; number < 100; number++) {
      words.add(String.valueOf(number));
      words.add(space + number);
    }
    for (int tens = 0; tens < 10; tens++) {
      words.add("0" + tens);
    }
    TreeSet<String> found = new TreeSet<>();
    texts.flatMap(text -> TokenizerFiles.pieces(PIECES, text)).forEach(found::add);
    words.addAll(found);
    return TokenizerFiles.write(folder, List.of(), words, PIECES);
  }
}
