package org.longpo.evaluation.haystack;

/**
 * A text to hide in a haystack.
 *
 * @param depthPercent where: 0 before the first sentence, 100 after the last
 * @param form how it stands among the haystack's sentences
 */
public record Planted(String text, double depthPercent, Form form) {
  public enum Form {
    SENTENCE(" "),
    PARAGRAPH("\n\n");

    private final String separator;

    Form(String separator) {
      this.separator = separator;
    }

    /** What must stand between {@code before} and a text of this form. */
    String gapAfter(CharSequence before) {
      if (before.isEmpty()) {
        return "";
      }
      return switch (this) {
        case SENTENCE -> Character.isWhitespace(before.charAt(before.length() - 1)) ? "" : " ";
        case PARAGRAPH -> before.toString().endsWith(separator) ? "" : separator;
      };
    }

    String separator() {
      return separator;
    }
  }
}
