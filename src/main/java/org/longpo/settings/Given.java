package org.longpo.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * A value that somebody wrote down.
 *
 * @param words as they were written; one, or several of a list
 * @param origin where
 */
public record Given(List<String> words, Origin origin) {
  public Given {
    words = List.copyOf(words);
  }

  /** Where a value was written down. */
  public sealed interface Origin {
    /** In a settings file; lines count from 1. */
    record InFile(Path file, int line) implements Origin {}

    /** On the command line. */
    record AsFlag() implements Origin {}
  }

  /** The place as the head of a complaint: {@code recipe.yaml:12: beta} or {@code --beta}. */
  String where(Key<?> key) {
    return switch (origin) {
      case Origin.InFile(Path file, int line) -> file + ":" + line + ": " + key.name();
      case Origin.AsFlag() -> key.flag();
    };
  }

  /** The place as a remark: {@code recipe.yaml:12} or {@code --beta}. */
  String place(Key<?> key) {
    return switch (origin) {
      case Origin.InFile(Path file, int line) -> file + ":" + line;
      case Origin.AsFlag() -> key.flag();
    };
  }

  String text() {
    return words.size() == 1 ? "'" + words.getFirst() + "'" : words.toString();
  }
}
