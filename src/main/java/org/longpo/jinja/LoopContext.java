package org.longpo.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code loop} of a for loop. It looks ahead only when that is requested, since the next items
 * may depend on what the loop does until then.
 */
final class LoopContext implements Iterator<Object>, HasAttributes, Callable {
  private static final Undefined NO_PREVIOUS = new Undefined("there is no previous item");
  private static final Undefined NO_NEXT = new Undefined("there is no next item");

  private final Object all;
  private final int depth;
  private final @Nullable Callable recursion;
  private Iterator<Object> rest;
  private int index = -1;
  private int length = -1;
  private Object previous = NO_PREVIOUS;
  private Object current = NO_PREVIOUS;
  private @Nullable Object peeked;
  private @Nullable List<Object> lastChanged;

  /**
   * @param all the value that is iterated
   * @param rest its items
   * @param depth of the recursion, from 0
   * @param recursion what {@code loop(items)} does, if the loop is recursive
   */
  LoopContext(Object all, Iterator<Object> rest, int depth, @Nullable Callable recursion) {
    this.all = all;
    this.rest = rest;
    this.depth = depth;
    this.recursion = recursion;
  }

  @Override
  public boolean hasNext() {
    return peeked != null || rest.hasNext();
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object item = peeked == null ? rest.next() : peeked;
    peeked = null;
    index++;
    previous = index == 0 ? NO_PREVIOUS : current;
    current = item;
    return item;
  }

  /** From 0. */
  int index() {
    return index;
  }

  int length() {
    if (length < 0) {
      int known = all instanceof Generator ? -1 : Values.lengthOrMinusOne(all);
      if (known < 0) {
        List<Object> items = new ArrayList<>();
        rest.forEachRemaining(items::add);
        rest = items.iterator();
        known = items.size() + index + 1 + (peeked == null ? 0 : 1);
      }
      length = known;
    }
    return length;
  }

  private @Nullable Object peek() {
    if (peeked == null && rest.hasNext()) {
      peeked = rest.next();
    }
    return peeked;
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> BigInteger.valueOf(index + 1L);
      case "index0" -> BigInteger.valueOf(index);
      case "revindex" -> BigInteger.valueOf((long) length() - index);
      case "revindex0" -> BigInteger.valueOf((long) length() - index - 1);
      case "first" -> index == 0;
      case "last" -> peek() == null;
      case "length" -> BigInteger.valueOf(length());
      case "depth" -> BigInteger.valueOf(depth + 1L);
      case "depth0" -> BigInteger.valueOf(depth);
      case "previtem" -> previous;
      case "nextitem" -> Objects.requireNonNullElse(peek(), NO_NEXT);
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> null;
    };
  }

  private Object cycle(Arguments arguments) {
    List<Object> choices = arguments.positional();
    if (choices.isEmpty()) {
      throw new TemplateFailure("no items for cycling given");
    }
    return choices.get(Math.floorMod(index, choices.size()));
  }

  private Object changed(Arguments arguments) {
    List<Object> values = arguments.positional();
    boolean changed = lastChanged == null || !Comparisons.equal(lastChanged, values);
    lastChanged = values;
    return changed;
  }

  @Override
  public Object call(Arguments arguments) {
    if (recursion == null) {
      throw new TemplateFailure(
          "The loop must have the 'recursive' marker to be called recursively.");
    }
    return recursion.call(arguments);
  }
}
