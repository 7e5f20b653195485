package org.longpo.jinja;

/** Text that is marked as safe HTML: plain text that is added to it is escaped first. */
record Markup(String text) {
  static Markup escaped(Object value) {
    return value instanceof Markup markup
        ? markup
        : new Markup(
            PythonText.str(value)
                .replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;"));
  }
}
