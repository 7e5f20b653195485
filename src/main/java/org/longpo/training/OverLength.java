package org.longpo.training;

import java.util.Arrays;
import java.util.Locale;
import org.longpo.error.UserError;

/** What becomes of a document whose sequences are longer than {@code max_length}. */
public enum OverLength {
  /** The run does not start. */
  ERROR,
  /** The document is left out, and counted. */
  DROP,
  /**
   * The end of the document's text is cut off, and counted; instructions and answers never are.
   * Pairs whose chunk was cut off are dropped, and counted: their answers are about other text.
   */
  TRUNCATE_DOCUMENT;

  /** The name in settings, such as {@code truncate-document}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws UserError if there is no such choice
   */
  public static OverLength parse(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "Unknown over_length '" + name + "': error, drop or truncate-document."));
  }
}
