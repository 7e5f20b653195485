package org.longpo.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.longpo.evaluation.tasks.Needle;
import org.longpo.evaluation.tasks.NeedleWording;

/**
 * Makes the tiny model's tokenizer: byte-level BPE with merges learned from the world's text, where
 * every word becomes one token.
 *
 * <p>Names and numbers are drawn at random, so nothing about them can be learned from counts: their
 * syllables and groups of up to two digits are merged first.
 */
final class TinyTokenizer {
  private static final int TRAINING_SENTENCES = 4_000;
  private static final int LEAST_COUNT = 2;

  private TinyTokenizer() {}

  /** Writes the tokenizer's files and returns the number of tokens. */
  static int write(Path folder, long seed) throws IOException {
    return TokenizerFiles.write(folder, merges(seed), new LinkedHashSet<>(), TokenizerFiles.PIECES);
  }

  private static List<BytePairMerges.Pair> merges(long seed) {
    Map<String, Long> counts = new HashMap<>();
    WorldWriter writer = new WorldWriter(new Random(seed));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TRAINING_SENTENCES; i++) {
      writer.beginText();
      Fact fact = writer.fact();
      String key = fact.needle().key();
      texts.add(writer.filler());
      for (String text : List.of(fact.statement(), fact.question())) {
        texts.add(text.replace(key, "").replace(fact.needle().value(), ""));
      }
    }
    NeedleWording wording = NeedleWording.DEFAULTS;
    for (int i = 0; i < LEAST_COUNT; i++) {
      texts.add(wording.prompt().message("", "") + "\n\n");
    }
    for (String text : texts) {
      // A sentence begins a text or follows another one.
      TokenizerFiles.pieces(TokenizerFiles.PIECES, text + " " + text)
          .forEach(piece -> counts.merge(piece, 1L, Long::sum));
    }
    BytePairMerges merges = new BytePairMerges(counts);
    for (String consonant : Needle.CONSONANTS.split("")) {
      String capital = consonant.toUpperCase(Locale.ROOT);
      for (String vowel : Needle.VOWELS.split("")) {
        merges.merge(consonant, vowel);
        merges.merge(capital, vowel);
        merges.merge(TokenizerFiles.symbols(" "), capital + vowel);
      }
    }
    for (int tens = 0; tens < 100; tens++) {
      merges.merge(String.valueOf(tens / 10), String.valueOf(tens % 10));
    }
    merges.learn(LEAST_COUNT);
    return merges.merges();
  }
}
