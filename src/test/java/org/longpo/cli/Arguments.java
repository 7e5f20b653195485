package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a command, as a user writes them. */
final class Arguments {
  private final List<String> arguments = new ArrayList<>();

  private Arguments(String command) {
    arguments.add(command);
  }

  static Arguments of(String command) {
    return new Arguments(command);
  }

  /** An option with its value, which is written as its text. */
  Arguments with(String option, Object value) {
    arguments.add(option);
    arguments.add(value.toString());
    return this;
  }

  /** Further arguments as they are. */
  Arguments and(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** A list that the caller may change. */
  List<String> list() {
    return new ArrayList<>(arguments);
  }
}
