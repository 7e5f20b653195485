package org.longpo.jinja;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.Predicate;

/** {@code map}, and the filters that keep some of their items. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filters.Filter> all) {
    all.put("map", SelectionFilters::map);
    all.put("select", (value, arguments) -> select(value, test(arguments)));
    all.put("reject", (value, arguments) -> select(value, test(arguments).negate()));
    all.put("selectattr", (value, arguments) -> select(value, attributeTest(arguments)));
    all.put("rejectattr", (value, arguments) -> select(value, attributeTest(arguments).negate()));
  }

  private static Object map(Object value, Arguments arguments) {
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Arguments.Bound bound = arguments.bind("map", "attribute", "default");
      Object attribute = bound.required("attribute");
      Object otherwise = bound.get("default", None.NONE);
      return new Generator(
          Iterators.mapped(
              Values.iteratorIfTrue(value),
              item -> {
                Object found = member(item, attribute);
                return found instanceof Undefined && otherwise != None.NONE ? otherwise : found;
              }));
    }
    if (arguments.positional().isEmpty()) {
      throw new TemplateFailure("map requires a filter argument");
    }
    String name = Values.text(arguments.positional().getFirst(), "map");
    Arguments rest = arguments.from(1);
    return new Generator(
        Iterators.mapped(Values.iteratorIfTrue(value), item -> Filters.apply(name, item, rest)));
  }

  private static Object select(Object value, Predicate<Object> kept) {
    return new Generator(Iterators.filtered(Values.iteratorIfTrue(value), kept));
  }

  private static Predicate<Object> test(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      return Values::isTrue;
    }
    String name = Values.text(arguments.positional().getFirst(), "select");
    Arguments rest = arguments.from(1);
    return item -> Tests.holds(name, item, rest);
  }

  private static Predicate<Object> attributeTest(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateFailure("Missing parameter for attribute name");
    }
    Object attribute = arguments.positional().getFirst();
    Predicate<Object> test = test(arguments.from(1));
    return item -> test.test(member(item, attribute));
  }

  /** An item's attribute; {@code a.b.0} looks up each part in the value of the part before. */
  static Object member(Object item, Object attribute) {
    if (!(attribute instanceof String path)) {
      return Attributes.item(item, attribute);
    }
    Object found = item;
    for (String part : path.split("\\.", -1)) {
      boolean index = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      found = Attributes.item(found, index ? (Object) new BigInteger(part) : part);
    }
    return found;
  }
}
