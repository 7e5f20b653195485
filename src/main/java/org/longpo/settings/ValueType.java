package org.longpo.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.error.Nearest;

/**
 * What an option's value may be.
 *
 * @param label stands for a value in the help: {@code N}, {@code DIR}
 * @param expected completes "expected ...": "a positive number"
 * @param names the values there are, if they are a few names; else empty
 * @param shape how many words a value takes
 * @param parser a value's words to the value; empty if they are none
 * @param printer the value as a word that {@code parser} takes, or several of them with commas
 */
public record ValueType<T>(
    String label,
    String expected,
    List<String> names,
    Shape shape,
    Function<List<String>, Optional<T>> parser,
    Function<T, String> printer) {

  /** How many words a value takes on the command line. */
  public enum Shape {
    /** One. */
    SCALAR,
    /** One, which in a file may also be an object: its JSON is the word. */
    OBJECT,
    /** None for true, or one. */
    SWITCH,
    /** One, split at commas, or a list in a file. */
    COMMAS,
    /** One or more, or a list in a file. */
    WORDS
  }

  /** Makes a type that no Java type describes; has a constructor without parameters. */
  public interface Factory {
    ValueType<?> create();

    /** Stands for the type that follows from the component's Java type. */
    final class OfJavaType implements Factory {
      @Override
      public ValueType<?> create() {
        throw new IllegalStateException("the type follows from the component");
      }
    }
  }

  /** The value, if the words are one. */
  public Optional<T> parse(List<String> words) {
    return parser.apply(words);
  }

  /** The value as a word that reads back as the same. */
  @SuppressWarnings("unchecked")
  public String show(Object value) {
    return printer.apply((T) value);
  }

  /** "expected a positive number", with the nearest name if there are names. */
  String complaint(List<String> words) {
    return "expected "
        + expected
        + (words.size() == 1 ? Nearest.to(words.getFirst(), names) : Optional.<String>empty())
            .map(name -> "; did you mean " + name + "?")
            .orElse(".");
  }

  /** The same type with another word for it in the help. */
  public ValueType<T> labelled(String newLabel) {
    return new ValueType<>(newLabel, expected, names, shape, parser, printer);
  }
}
