package org.longpo.jinja;

/**
 * A piece of a template's source.
 *
 * @param text as written; of a string, its value
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    TEXT,
    OUTPUT_BEGIN,
    OUTPUT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** For messages. */
  String described() {
    return switch (kind) {
      case END -> "the end of the template";
      case TEXT -> "text";
      case OUTPUT_BEGIN,
          OUTPUT_END,
          BLOCK_BEGIN,
          BLOCK_END,
          NAME,
          STRING,
          INTEGER,
          FLOAT,
          OPERATOR ->
          PythonText.repr(text);
    };
  }
}
