package org.longpo.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * Filters and tests that do not exist. Where one is certainly reached the template is refused; on a
 * branch that may never be taken it is allowed, as in Jinja, and fails when it is reached.
 */
final class UnknownNames {
  private final List<TemplateSyntaxFailure> found = new ArrayList<>();

  void add(int line, String message) {
    found.add(new TemplateSyntaxFailure(line, message));
  }

  int count() {
    return found.size();
  }

  /** Allows those that were found since there were {@code count}. */
  void allowSince(int count) {
    found.subList(count, found.size()).clear();
  }

  /** Refuses the first one left. */
  void refuse() {
    if (!found.isEmpty()) {
      throw found.getFirst();
    }
  }
}
