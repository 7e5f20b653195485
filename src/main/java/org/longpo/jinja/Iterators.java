package org.longpo.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Items computed one by one, each when it is requested, as by Python's generators. */
final class Iterators {
  private Iterators() {}

  static Iterator<Object> filtered(Iterator<Object> items, Predicate<Object> kept) {
    return new Iterator<>() {
      private @Nullable Object found;

      @Override
      public boolean hasNext() {
        while (found == null && items.hasNext()) {
          Object item = items.next();
          found = kept.test(item) ? item : null;
        }
        return found != null;
      }

      @Override
      public Object next() {
        if (!hasNext() || found == null) {
          throw new NoSuchElementException();
        }
        Object item = found;
        found = null;
        return item;
      }
    };
  }

  static Iterator<Object> mapped(Iterator<Object> items, UnaryOperator<Object> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Object next() {
        return function.apply(items.next());
      }
    };
  }
}
