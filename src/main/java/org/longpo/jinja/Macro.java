package org.longpo.jinja;

import org.jspecify.annotations.Nullable;

/** A macro with the names that it sees. */
record Macro(String name, Callable body) implements Callable, HasAttributes {
  @Override
  public Object call(Arguments arguments) {
    return body.call(arguments);
  }

  @Override
  public @Nullable Object attribute(String attribute) {
    return attribute.equals("name") ? name : null;
  }
}
