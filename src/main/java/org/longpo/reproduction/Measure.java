package org.longpo.reproduction;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A score of a model: the mean over the tasks and lengths that it is about.
 *
 * @param name to follow "LongPO minus DPO, "
 */
record Measure(String name, Predicate<ScoreKey> covers) {
  /** The window of the base: texts of this length and shorter are no long ones. */
  static final int WINDOW_TOKENS = 256;

  /** All skills without a text. */
  static final Measure SHORT = new Measure("short score", key -> !key.hasText());

  /** Questions about texts within the base's window. */
  static final Measure WINDOW =
      new Measure(
          "score at %d tokens".formatted(WINDOW_TOKENS), key -> key.length() == WINDOW_TOKENS);

  /** Questions about texts of one length. */
  static Measure at(int length) {
    return ofLengths(List.of(length));
  }

  /**
   * @param lengths in tokens, longer than the window
   */
  static Measure ofLengths(Collection<Integer> lengths) {
    List<Integer> all = List.copyOf(lengths);
    return new Measure(
        "long score at %s tokens"
            .formatted(all.stream().map(Figures::count).collect(Collectors.joining(", "))),
        key -> key.hasText() && all.contains(key.length()));
  }

  /** One task, at one length if it has a text. */
  static Measure of(ScoreKey key) {
    return new Measure(key.shortName(), key::equals);
  }

  boolean covers(ScoreKey key) {
    return covers.test(key);
  }
}
