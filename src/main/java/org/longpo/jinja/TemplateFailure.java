package org.longpo.jinja;

/**
 * A rendering that cannot continue: an error of Python's, or the message of {@code
 * raise_exception}.
 */
final class TemplateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean raised;

  private TemplateFailure(String message, boolean raised) {
    super(message);
    this.raised = raised;
  }

  TemplateFailure(String message) {
    this(message, false);
  }

  static TemplateFailure raisedByTemplate(String message) {
    return new TemplateFailure(message, true);
  }

  /** Whether the template itself refused what it was given. */
  boolean raised() {
    return raised;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
