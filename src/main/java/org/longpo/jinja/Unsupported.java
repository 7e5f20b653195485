package org.longpo.jinja;

import java.util.Set;
import org.longpo.jinja.Expression.ArgumentList;

/**
 * What Python's Jinja supports and this one does not: refused when a template is read, so that it
 * is never rendered wrongly.
 */
final class Unsupported {
  private static final Set<String> FILTERS =
      Set.of(
          "filesizeformat",
          "pprint",
          "random",
          "striptags",
          "urlencode",
          "urlize",
          "wordwrap",
          "xmlattr");

  private static final Set<String> TAGS =
      Set.of("autoescape", "block", "extends", "from", "import", "include");

  private static final Set<String> FUNCTIONS = Set.of("lipsum", "cycler", "self");

  private static final Set<String> METHODS =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "encode",
          "expandtabs",
          "format_map",
          "fromhex",
          "fromkeys",
          "hex",
          "is_integer",
          "isidentifier",
          "isprintable",
          "maketrans",
          "to_bytes",
          "translate");

  private Unsupported() {}

  static void checkTag(String name, int line) {
    if (TAGS.contains(name)) {
      throw refusal("the tag {% " + name + " %}", line);
    }
  }

  static void checkName(String name, int line) {
    if (FUNCTIONS.contains(name)) {
      throw refusal("the name " + PythonText.repr(name), line);
    }
  }

  static void checkFilter(String name, int line) {
    if (FILTERS.contains(name)) {
      throw refusal("the filter " + PythonText.repr(name), line);
    }
  }

  /** {@code map('name')} has its filter as a string. */
  static void checkFilterIn(String filter, ArgumentList arguments, int line) {
    if (filter.equals("map")
        && !arguments.positional().isEmpty()
        && arguments.positional().getFirst() instanceof Expression.Constant(String name)) {
      checkFilter(name, line);
    }
  }

  /** Methods, and formats that are written out. */
  static void checkCall(Expression callee, ArgumentList arguments, int line) {
    if (callee instanceof Expression.Attribute(Expression owner, String name)) {
      if (METHODS.contains(name)) {
        throw refusal("the method " + PythonText.repr(name), line);
      }
      if (name.equals("format") && owner instanceof Expression.Constant(String format)) {
        try {
          FormatString.check(format);
        } catch (TemplateFailure e) {
          throw new TemplateSyntaxFailure(line, e.text());
        }
      }
    }
    if (callee instanceof Expression.Name(String name)
        && name.equals("strftime_now")
        && arguments.positional().size() == 1
        && arguments.positional().getFirst() instanceof Expression.Constant(String format)) {
      try {
        Strftime.check(format);
      } catch (TemplateFailure e) {
        throw new TemplateSyntaxFailure(line, e.text());
      }
    }
  }

  private static TemplateSyntaxFailure refusal(String what, int line) {
    return new TemplateSyntaxFailure(line, what + " is not supported");
  }
}
