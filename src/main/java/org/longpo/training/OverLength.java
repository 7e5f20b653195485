package org.longpo.training;

import java.util.Locale;
import org.longpo.settings.Named;

/** What becomes of a document whose sequences are longer than {@code max_length}. */
public enum OverLength implements Named {
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
  @Override
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
