package org.longpo.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.util.ForLoop;
import com.hubspot.jinjava.util.ObjectIterator;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/**
 * {@code for x in list if condition} and {@code else} for an empty list: Jinja filters before it
 * loops; the engine knows neither.
 */
final class PythonForTag extends ForTag {
  private static final long serialVersionUID = 1L;

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    String loop = node.getHelpers();
    int in = TemplateExpressions.indexOfTopLevel(loop, " in ");
    int condition = TemplateExpressions.indexOfTopLevel(loop, " if ");
    boolean filters =
        condition > in
            && TemplateExpressions.indexOfTopLevel(loop.substring(condition), " else ") < 0;
    int otherwise = indexOfElse(node);
    if (in < 0 || (!filters && otherwise < 0)) {
      return super.interpret(node, interpreter);
    }
    int line = node.getLineNumber();
    String names = loop.substring(0, in).strip();
    String source = loop.substring(in + " in ".length(), filters ? condition : loop.length());
    List<Object> kept =
        kept(
            interpreter,
            List.of(names.split("\\s*,\\s*")),
            interpreter.resolveELExpression(source, line),
            filters ? loop.substring(condition + " if ".length()) : "true",
            line);
    List<Node> children = node.getChildren();
    if (kept.isEmpty()) {
      return otherwise < 0
          ? ""
          : render(children.subList(otherwise + 1, children.size()), interpreter);
    }
    String variable = "kept__" + line + "_" + node.getStartPosition();
    interpreter.getContext().put(variable, kept);
    String tag = "{% for " + names + " in " + variable + " %}";
    TagNode plain =
        new TagNode(
            this,
            new TagToken(tag, line, node.getStartPosition(), node.getSymbols()),
            node.getSymbols());
    plain.setParent(node.getParent());
    plain.setChildren(new LinkedList<>(otherwise < 0 ? children : children.subList(0, otherwise)));
    return super.interpret(plain, interpreter);
  }

  private static int indexOfElse(TagNode node) {
    int index = 0;
    for (Node child : node.getChildren()) {
      if (child instanceof TagNode tag && tag.getName().equals("else")) {
        return index;
      }
      index++;
    }
    return -1;
  }

  private static List<Object> kept(
      JinjavaInterpreter interpreter,
      List<String> names,
      Object source,
      String condition,
      int line) {
    List<Object> kept = new ArrayList<>();
    ForLoop loop = ObjectIterator.getLoop(source);
    while (loop.hasNext()) {
      Object item = loop.next();
      try (var scope = interpreter.enterNonStackingScope()) {
        bind(interpreter, names, item);
        if (ObjectTruthValue.evaluate(interpreter.resolveELExpression(condition, line))) {
          kept.add(item);
        }
      }
    }
    return kept;
  }

  private static void bind(JinjavaInterpreter interpreter, List<String> names, Object item) {
    if (names.size() == 1) {
      interpreter.getContext().put(names.getFirst(), item);
    } else if (item instanceof Map.Entry<?, ?> entry && names.size() == 2) {
      interpreter.getContext().put(names.get(0), entry.getKey());
      interpreter.getContext().put(names.get(1), entry.getValue());
    } else if (item instanceof List<?> parts && parts.size() == names.size()) {
      for (int i = 0; i < parts.size(); i++) {
        interpreter.getContext().put(names.get(i), parts.get(i));
      }
    } else {
      throw new TemplateRaised("cannot unpack the items of a loop into " + names);
    }
  }

  static String render(List<Node> nodes, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node.render(interpreter).getValue());
    }
    return text.toString();
  }
}
