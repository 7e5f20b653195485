package org.longpo.evaluation.tasks.ruler;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.files.Utf8File;

/**
 * Words for keys and for lists to count in. RULER takes them from wonderwords' lists of adjectives,
 * nouns and verbs; where a user has these files, one word a line, so do we. Otherwise they are
 * {@link MadeUpWords}.
 *
 * @param lists adjectives, nouns and verbs; empty where words are made up
 */
record RulerWords(List<WordList> lists) {
  /** A file of words. */
  record WordList(String name, String sha256, List<String> words) {
    static WordList read(Path file) {
      Utf8File read = Utf8File.read(file);
      List<String> words =
          read.text().lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
      if (words.isEmpty()) {
        throw new UserError(file + " has no word; it must have one on every line.");
      }
      return new WordList(file.getFileName().toString(), read.sha256(), words);
    }

    String one(Random random) {
      return words.get(random.nextInt(words.size()));
    }
  }

  static final RulerWords MADE_UP = new RulerWords(List.of());

  private static final List<String> FILES =
      List.of("adjectivelist.txt", "nounlist.txt", "verblist.txt");

  RulerWords {
    lists = List.copyOf(lists);
  }

  /**
   * The lists of a user, or words that are made up.
   *
   * @throws UserError if some of the files are there and others are not, or one has no word
   */
  static RulerWords of(BenchmarkData data) {
    List<Path> found = FILES.stream().flatMap(name -> find(data, name).stream()).toList();
    if (!found.isEmpty() && found.size() < FILES.size()) {
      throw new UserError(
          ("There is %s, but not each of %s in one folder with it; add what is missing, or take the"
                  + " lists away for words that are made up.")
              .formatted(found.getFirst(), String.join(", ", FILES)));
    }
    return new RulerWords(found.stream().map(WordList::read).toList());
  }

  private static Optional<Path> find(BenchmarkData data, String name) {
    return data.find("ruler/" + name, name);
  }

  /** Where words come from, for identities. */
  String source() {
    return lists.isEmpty() ? "made up" : "lists";
  }

  /** SHA-256 of the files, by their names. */
  Map<String, String> sha256() {
    return lists.stream().collect(Collectors.toMap(WordList::name, WordList::sha256));
  }

  /**
   * Two words in one: an adjective and a noun, or two that are made up.
   *
   * @param wording with {@code {first}} and {@code {second}}
   */
  String key(Random random, String wording) {
    String first = lists.isEmpty() ? MadeUpWords.draw(random) : lists.get(0).one(random);
    String second = lists.isEmpty() ? MadeUpWords.draw(random) : lists.get(1).one(random);
    return KindWording.filled(wording, Map.of("first", first, "second", second));
  }

  /** All words of the lists, each once, in the order of their letters. */
  List<String> all() {
    return lists.stream().map(WordList::words).flatMap(List::stream).distinct().sorted().toList();
  }
}
