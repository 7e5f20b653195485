package org.longpo.settings;

import java.nio.file.Path;
import java.util.List;
import org.longpo.error.UserError;

/**
 * The value of an option as it was written, and where.
 *
 * @param words one, or several of a list
 */
public record WrittenValue(List<String> words, Origin origin) {
  public WrittenValue {
    words = List.copyOf(words);
  }

  /** Where a value was written. */
  public sealed interface Origin {
    /** In a file of settings; lines count from 1. */
    record InFile(Path file, int line) implements Origin {}

    /** On the command line. */
    record AsFlag() implements Origin {}
  }

  /** The place as the head of a complaint: {@code recipe.yaml:12: beta} or {@code --beta}. */
  String where(Key key) {
    return switch (origin) {
      case Origin.InFile(Path file, int line) -> file + ":" + line + ": " + key.fileName();
      case Origin.AsFlag() -> key.flag();
    };
  }

  /** The place as a remark: {@code recipe.yaml:12} or {@code --beta}. */
  String place(Key key) {
    return switch (origin) {
      case Origin.InFile(Path file, int line) -> file + ":" + line;
      case Origin.AsFlag() -> key.flag();
    };
  }

  /**
   * Makes sure that this is a value of an option.
   *
   * @throws UserError if it is not
   */
  void check(Key key) {
    if (key.type().parse(words).isEmpty()) {
      throw new UserError(where(key) + " is " + text() + ", " + key.type().complaint(words));
    }
  }

  private String text() {
    return words.size() == 1 ? "'" + words.getFirst() + "'" : words.toString();
  }
}
