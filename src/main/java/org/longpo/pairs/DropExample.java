package org.longpo.pairs;

import java.util.Optional;

/**
 * A pair that was dropped, as far as it was made, for people to look at.
 *
 * @param document path of the document
 * @param instruction I_k, or what the model wrote where no instruction could be read in it
 * @param chosen empty if the pair was dropped before it was sampled
 * @param rejected the same
 */
public record DropExample(
    String document, String instruction, Optional<String> chosen, Optional<String> rejected) {
  private static final int READABLE_CHARACTERS = 400;

  public DropExample {
    instruction = cut(instruction);
    chosen = chosen.map(DropExample::cut);
    rejected = rejected.map(DropExample::cut);
  }

  private static String cut(String text) {
    if (text.length() <= READABLE_CHARACTERS + CUT.length()) {
      return text;
    }
    int end = READABLE_CHARACTERS;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  private static final String CUT = " [...]";
}
