package org.longpo.jinja;

import java.util.List;

/** A template's tokens, read one after the other. */
final class Tokens {
  private final List<Token> tokens;
  private int at;

  /** The last token is an {@link Token.Kind#END}. */
  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token look() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  int line() {
    return current().line();
  }

  int position() {
    return at;
  }

  List<Token> since(int position) {
    return tokens.subList(position, at);
  }

  Token next() {
    Token token = current();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean skipName(String name) {
    boolean found = current().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipOperator(String operator) {
    boolean found = current().isOperator(operator);
    if (found) {
      next();
    }
    return found;
  }

  Token expect(Token.Kind kind, String wanted) {
    if (current().kind() != kind) {
      throw unexpected(wanted);
    }
    return next();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected(PythonText.repr(operator));
    }
  }

  TemplateSyntaxFailure unexpected(String wanted) {
    return failure("expected " + wanted + ", got " + current().described());
  }

  TemplateSyntaxFailure failure(String message) {
    return new TemplateSyntaxFailure(line(), message);
  }
}
