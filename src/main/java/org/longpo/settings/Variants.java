package org.longpo.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The records that an option of an interface type may choose between, such as the objectives; each
 * has options of its own. A record is chosen by its simple class name in lower case.
 *
 * @param types all there are; an option has those that implement its type
 */
public record Variants(List<Class<? extends Record>> types) {
  public static final Variants NONE = new Variants(List.of());

  public Variants {
    types = List.copyOf(types);
  }

  /** The name of a record in settings. */
  public static String name(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** These and one more. */
  public Variants with(Class<? extends Record> type) {
    List<Class<? extends Record>> more = new ArrayList<>(types);
    more.add(type);
    return new Variants(more);
  }

  /** Those that implement an interface, in their order. */
  List<Class<? extends Record>> of(Class<?> type) {
    return types.stream().filter(type::isAssignableFrom).toList();
  }

  /** The names of those that implement an interface. */
  public List<String> names(Class<?> type) {
    return of(type).stream().map(Variants::name).toList();
  }
}
