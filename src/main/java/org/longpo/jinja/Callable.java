package org.longpo.jinja;

/** What a template can call: macros, methods, functions. */
@FunctionalInterface
interface Callable {
  Object call(Arguments arguments);
}
