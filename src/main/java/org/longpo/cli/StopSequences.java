package org.longpo.cli;

import java.util.List;
import java.util.function.Consumer;

/** Passes text on up to the first stop sequence, which may arrive in pieces. */
final class StopSequences {
  private final List<String> stops;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  StopSequences(List<String> stops, Consumer<String> out) {
    this.stops = stops;
    this.out = out;
  }

  /** Passes on more text; false after a stop sequence. */
  boolean write(String text) {
    if (stopped) {
      return false;
    }
    held.append(text);
    int first = stops.stream().mapToInt(held::indexOf).filter(i -> i >= 0).min().orElse(-1);
    if (first >= 0) {
      out.accept(held.substring(0, first));
      held.setLength(0);
      stopped = true;
      return false;
    }
    int safe = held.length() - undecided();
    out.accept(held.substring(0, safe));
    held.delete(0, safe);
    return true;
  }

  /** Passes on what was held back because it could have become a stop sequence. */
  void finish() {
    out.accept(held.toString());
    held.setLength(0);
  }

  /** Length of the longest end of the text with which a stop sequence begins. */
  private int undecided() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (stop.startsWith(held.substring(held.length() - n))) {
          longest = n;
          break;
        }
      }
    }
    return longest;
  }
}
