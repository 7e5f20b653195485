package org.longpo.documents;

/** A range of a document's decoded text in UTF-16 units, end excluded; may be empty. */
public record TextRange(int startChar, int endChar) {
  public TextRange {
    if (startChar < 0 || endChar < startChar) {
      throw new IllegalArgumentException("no range: " + startChar + ".." + endChar);
    }
  }

  /** All of a text. */
  public static TextRange all(String text) {
    return new TextRange(0, text.length());
  }

  public boolean isEmpty() {
    return startChar == endChar;
  }

  /** The text of the range. */
  public String of(String text) {
    return text.substring(startChar, endChar);
  }
}
