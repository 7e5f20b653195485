package org.longpo.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longpo.jinja.Expression.ArgumentList;
import org.longpo.jinja.Statement.Target;

/** Renders statements; one for each rendering of a template. */
final class Renderer {
  /** How a body ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  /** The line of the statement that is being rendered, for messages. */
  private int line = 1;

  int line() {
    return line;
  }

  String text(List<Statement> body, Scope scope) {
    StringBuilder text = new StringBuilder();
    render(body, scope, text);
    return text.toString();
  }

  private Flow render(List<Statement> body, Scope scope, StringBuilder out) {
    for (Statement statement : body) {
      line = statement.line();
      Flow flow = render(statement, scope, out);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow render(Statement statement, Scope scope, StringBuilder out) {
    return switch (statement) {
      case Statement.Text text -> {
        out.append(text.text());
        yield Flow.ON;
      }
      case Statement.Output output -> {
        out.append(PythonText.str(Evaluator.value(output.value(), scope)));
        yield Flow.ON;
      }
      case Statement.If condition -> render(chosen(condition, scope), scope, out);
      case Statement.For loop -> {
        Callable recursion = loop.recursive() ? recursion(loop, scope, 1) : null;
        Object items = Evaluator.value(loop.items(), scope);
        yield loop(loop, items, scope, out, 0, recursion);
      }
      case Statement.Break _ -> Flow.BREAK;
      case Statement.Continue _ -> Flow.CONTINUE;
      case Statement.Assignment assignment -> {
        assign(assignment.target(), Evaluator.value(assignment.value(), scope), scope);
        yield Flow.ON;
      }
      case Statement.BlockAssignment assignment -> {
        StringBuilder text = new StringBuilder();
        Flow flow = render(assignment.body(), new Scope(scope), text);
        if (flow == Flow.ON) {
          assign(assignment.target(), ofBody(assignment.value(), text, scope), scope);
        }
        yield flow;
      }
      case Statement.With with -> {
        Scope inner = new Scope(scope);
        for (int i = 0; i < with.targets().size(); i++) {
          assign(with.targets().get(i), Evaluator.value(with.values().get(i), scope), inner);
        }
        yield render(with.body(), inner, out);
      }
      case Statement.MacroDefinition(int _, String name, Statement.MacroBody body) -> {
        scope.set(name, macro(name, body, scope));
        yield Flow.ON;
      }
      case Statement.CallBlock block -> {
        out.append(PythonText.str(call(block, scope)));
        yield Flow.ON;
      }
      case Statement.FilterBlock block -> {
        StringBuilder text = new StringBuilder();
        Flow flow = render(block.body(), new Scope(scope), text);
        if (flow == Flow.ON) {
          out.append(PythonText.str(ofBody(block.value(), text, scope)));
        }
        yield flow;
      }
      case Statement.Generation generation -> render(generation.body(), new Scope(scope), out);
    };
  }

  private static List<Statement> chosen(Statement.If condition, Scope scope) {
    for (Statement.Branch branch : condition.branches()) {
      if (Evaluator.isTrue(branch.test(), scope)) {
        return branch.body();
      }
    }
    return condition.otherwise();
  }

  /** The value that a block's filters make of its text. */
  private static Object ofBody(Expression value, StringBuilder text, Scope scope) {
    Scope withText = new Scope(scope);
    withText.set(Statement.BODY, text.toString());
    return Evaluator.value(value, withText);
  }

  private Flow loop(
      Statement.For loop,
      Object items,
      Scope scope,
      StringBuilder out,
      int depth,
      @Nullable Callable recursion) {
    Iterator<Object> all = Values.iterator(items);
    Expression condition = loop.condition();
    Object source = items;
    if (condition != null) {
      all = Iterators.filtered(all, item -> isKept(loop.target(), item, condition, scope));
      source = new Generator(all);
    }
    LoopContext context = new LoopContext(source, all, depth, recursion);
    boolean any = false;
    while (context.hasNext()) {
      Object item = context.next();
      any = true;
      Scope inner = new Scope(scope);
      inner.set("loop", context);
      assign(loop.target(), item, inner);
      if (render(loop.body(), inner, out) == Flow.BREAK) {
        break;
      }
    }
    return any ? Flow.ON : render(loop.otherwise(), new Scope(scope), out);
  }

  private static boolean isKept(Target target, Object item, Expression condition, Scope scope) {
    Scope inner = new Scope(scope);
    inner.set("loop", new Undefined("'loop' is undefined"));
    assign(target, item, inner);
    return Evaluator.isTrue(condition, inner);
  }

  /** What {@code loop(items)} does in a recursive loop at {@code depth - 1}. */
  private Callable recursion(Statement.For loop, Scope scope, int depth) {
    return arguments -> {
      Object items = arguments.bind("loop", "iterable").required("iterable");
      StringBuilder text = new StringBuilder();
      loop(loop, items, scope, text, depth, recursion(loop, scope, depth + 1));
      return text.toString();
    };
  }

  private Object call(Statement.CallBlock block, Scope scope) {
    ArgumentList given = block.call().arguments();
    Object callee = Evaluator.value(block.call().callee(), scope);
    Arguments arguments = Evaluator.arguments(given, scope);
    arguments.named().put("caller", macro("caller", block.caller(), scope));
    return Evaluator.call(callee, arguments);
  }

  private Macro macro(String name, Statement.MacroBody body, Scope defined) {
    return new Macro(
        name,
        arguments -> {
          Scope scope = new Scope(defined);
          int calledFrom = line;
          MacroArguments.set(name, body, arguments, scope);
          String text = text(body.body(), scope);
          line = calledFrom;
          return text;
        });
  }

  private static void assign(Target target, Object value, Scope scope) {
    switch (target) {
      case Target.NameTarget(String name) -> scope.set(name, value);
      case Target.TupleTarget(List<Target> targets) -> {
        Iterator<Object> items = Values.iterator(value);
        List<Object> parts = new ArrayList<>();
        while (items.hasNext() && parts.size() <= targets.size()) {
          parts.add(items.next());
        }
        if (parts.size() != targets.size()) {
          throw new TemplateFailure(
              (parts.size() > targets.size() ? "too many" : "not enough")
                  + " values to unpack (expected "
                  + targets.size()
                  + ")");
        }
        for (int i = 0; i < parts.size(); i++) {
          assign(targets.get(i), parts.get(i), scope);
        }
      }
      case Target.AttributeTarget(String namespace, String attribute) -> {
        if (!(scope.get(namespace) instanceof Namespace(Map<String, Object> values))) {
          throw new TemplateFailure("cannot assign attribute on non-namespace object");
        }
        values.put(attribute, value);
      }
    }
  }
}
