package org.longpo.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.longpo.error.UserError;

/** A template that has been read and can be rendered, by several threads too. */
public final class Template {
  private final List<Statement> statements;
  private final boolean usesClock;
  private final String where;

  private Template(List<Statement> statements, boolean usesClock, String where) {
    this.statements = statements;
    this.usesClock = usesClock;
    this.where = where;
  }

  /**
   * Reads a template.
   *
   * @param where the file it comes from, for messages
   * @throws UserError naming file and line if it cannot be read, or uses what is not supported
   */
  public static Template parse(String source, String where) {
    try {
      List<Token> tokens = Lexer.tokens(source);
      boolean usesClock = tokens.stream().anyMatch(token -> token.isName("strftime_now"));
      return new Template(StatementParser.statements(tokens), usesClock, where);
    } catch (TemplateSyntaxFailure e) {
      throw new UserError(
          where + ": line " + e.line() + " of the chat template cannot be used: " + e.text() + ".",
          e);
    } catch (StackOverflowError e) {
      throw new UserError(
          where + ": the chat template cannot be used: its expressions are nested too deeply.", e);
    }
  }

  /** Whether it uses the time, so that its text differs from day to day. */
  public boolean usesClock() {
    return usesClock;
  }

  /**
   * Renders the template.
   *
   * @param variables names to strings, truth values, numbers, nulls, lists and maps of such
   * @param now what {@code strftime_now} writes
   * @throws UserError if the template raises an exception (with its text) or fails
   */
  public String render(Map<String, ?> variables, LocalDateTime now) {
    Scope globals = new Scope(null);
    Globals.addTo(globals, now);
    variables.forEach((name, value) -> globals.set(name, Values.of(value)));
    Renderer renderer = new Renderer();
    try {
      return renderer.text(statements, new Scope(globals));
    } catch (TemplateFailure e) {
      throw new UserError(
          e.raised()
              ? where + ": the chat template refuses the conversation: " + e.text()
              : where + ": the chat template fails in line " + renderer.line() + ": " + e.text(),
          e);
    } catch (StackOverflowError e) {
      throw new UserError(
          where
              + ": the chat template fails in line "
              + renderer.line()
              + ": a macro or a loop calls itself too often.",
          e);
    }
  }
}
