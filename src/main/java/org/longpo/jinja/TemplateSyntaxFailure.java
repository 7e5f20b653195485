package org.longpo.jinja;

/** A template that cannot be read, or uses what is not supported. */
final class TemplateSyntaxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  TemplateSyntaxFailure(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
