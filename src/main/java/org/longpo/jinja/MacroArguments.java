package org.longpo.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the parameters of a macro their values. */
final class MacroArguments {
  private MacroArguments() {}

  static void set(String name, Statement.MacroBody macro, Arguments given, Scope scope) {
    List<String> parameters = macro.parameters();
    List<Object> positional = given.positional();
    Map<String, Object> named = new LinkedHashMap<>(given.named());
    int firstDefault = parameters.size() - macro.defaults().size();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      Object byName = i < positional.size() ? null : named.remove(parameter);
      if (i < positional.size()) {
        scope.set(parameter, positional.get(i));
      } else if (byName != null) {
        scope.set(parameter, byName);
      } else if (i >= firstDefault) {
        // Seen from inside: a default may use the parameters before it.
        scope.set(parameter, Evaluator.value(macro.defaults().get(i - firstDefault), scope));
      } else {
        scope.set(
            parameter,
            new Undefined("parameter " + PythonText.repr(parameter) + " was not provided"));
      }
    }
    setSpecial(name, macro, positional, named, scope);
  }

  private static void setSpecial(
      String name,
      Statement.MacroBody macro,
      List<Object> positional,
      Map<String, Object> named,
      Scope scope) {
    List<String> special = macro.specialNames();
    int count = macro.parameters().size();
    if (special.contains("caller") && !macro.parameters().contains("caller")) {
      Object caller = named.remove("caller");
      scope.set("caller", caller == null ? new Undefined("No caller defined") : caller);
    }
    if (special.contains("kwargs")) {
      scope.set("kwargs", new LinkedHashMap<Object, Object>(named));
    } else if (!named.isEmpty()) {
      throw new TemplateFailure(
          "macro "
              + PythonText.repr(name)
              + " takes no keyword argument "
              + PythonText.repr(named.keySet().iterator().next()));
    }
    if (special.contains("varargs")) {
      scope.set(
          "varargs",
          Tuple.of(positional.subList(Math.min(count, positional.size()), positional.size())));
    } else if (positional.size() > count) {
      throw new TemplateFailure(
          "macro " + PythonText.repr(name) + " takes not more than " + count + " argument(s)");
    }
  }
}
