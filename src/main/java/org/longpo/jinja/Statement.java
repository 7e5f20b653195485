package org.longpo.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template does, with the line it begins on. */
sealed interface Statement {
  int line();

  record Text(int line, String text) implements Statement {}

  record Output(int line, Expression value) implements Statement {}

  record If(int line, List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression test, List<Statement> body) {}

  record For(
      int line,
      Target target,
      Expression items,
      @Nullable Expression condition,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record Break(int line) implements Statement {}

  record Continue(int line) implements Statement {}

  record Assignment(int line, Target target, Expression value) implements Statement {}

  /** {@code {% set x %}...{% endset %}}; the value is made of the name {@link #BODY}. */
  record BlockAssignment(int line, Target target, Expression value, List<Statement> body)
      implements Statement {}

  record With(int line, List<Target> targets, List<Expression> values, List<Statement> body)
      implements Statement {}

  record MacroDefinition(int line, String name, MacroBody macro) implements Statement {}

  /**
   * A macro, or the text between {@code call} and {@code endcall}.
   *
   * @param specialNames which of {@code caller}, {@code varargs}, {@code kwargs} it uses
   */
  record MacroBody(
      List<String> parameters,
      List<Expression> defaults,
      List<String> specialNames,
      List<Statement> body) {}

  record CallBlock(int line, Expression.Call call, MacroBody caller) implements Statement {}

  /** {@code {% filter f %}...{% endfilter %}}; the value is made of the name {@link #BODY}. */
  record FilterBlock(int line, Expression value, List<Statement> body) implements Statement {}

  /** What an assistant wrote: transformers marks it, which does not change the text. */
  record Generation(int line, List<Statement> body) implements Statement {}

  /** The name under which a block's text goes into its filters; no template can write it. */
  String BODY = "";

  /** What is assigned to. */
  sealed interface Target {
    record NameTarget(String name) implements Target {}

    record TupleTarget(List<Target> targets) implements Target {}

    record AttributeTarget(String namespace, String attribute) implements Target {}
  }
}
