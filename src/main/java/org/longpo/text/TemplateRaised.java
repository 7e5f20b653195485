package org.longpo.text;

/** What a template says by {@code raise_exception}, on its way out of the template engine. */
final class TemplateRaised extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateRaised(String message) {
    super(message);
  }
}
