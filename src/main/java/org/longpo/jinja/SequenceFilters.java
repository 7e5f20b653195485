package org.longpo.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters of lists and dictionaries. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filters.Filter> all) {
    all.put("batch", SequenceFilters::batch);
    all.put("dictsort", SequenceFilters::sortDictionary);
    all.put("first", SequenceFilters::first);
    all.put("groupby", SequenceFilters::group);
    all.put("items", SequenceFilters::items);
    all.put("join", SequenceFilters::join);
    all.put("last", SequenceFilters::last);
    all.put("list", (value, arguments) -> Values.list(value));
    all.put("max", (value, arguments) -> extreme("max", value, arguments));
    all.put("min", (value, arguments) -> extreme("min", value, arguments));
    all.put("reverse", SequenceFilters::reverse);
    all.put("slice", SequenceFilters::slice);
    all.put("sort", SequenceFilters::sort);
    all.put("unique", SequenceFilters::unique);
  }

  private static Object batch(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("batch", "linecount", "fill_with");
    int count = Values.index(bound.required("linecount"));
    Object fill = bound.get("fill_with", None.NONE);
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Values.list(value)) {
      if (batch.size() == count) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      while (fill != None.NONE && batch.size() < count) {
        batch.add(fill);
      }
      batches.add(batch);
    }
    return new Generator(batches.iterator());
  }

  private static Object slice(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("slice", "slices", "fill_with");
    int count = Values.index(bound.required("slices"));
    if (count <= 0) {
      throw new TemplateFailure("slice wants a positive number of slices");
    }
    Object fill = bound.get("fill_with", None.NONE);
    List<Object> items = Values.list(value);
    List<Object> slices = new ArrayList<>();
    int longer = items.size() % count;
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = from + items.size() / count + (i < longer ? 1 : 0);
      List<Object> slice = new ArrayList<>(items.subList(from, to));
      if (fill != None.NONE && i >= longer) {
        slice.add(fill);
      }
      slices.add(slice);
      from = to;
    }
    return new Generator(slices.iterator());
  }

  private static Object first(Object value, Arguments arguments) {
    arguments.bind("first");
    Iterator<Object> items = Values.iterator(value);
    return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
  }

  private static Object last(Object value, Arguments arguments) {
    arguments.bind("last");
    List<Object> items = Values.list(reversible(value));
    return items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.getLast();
  }

  private static Object reversible(Object value) {
    if (value instanceof Generator || Values.lengthOrMinusOne(value) < 0) {
      throw new TemplateFailure(PythonText.repr(Values.type(value)) + " object is not reversible");
    }
    return value;
  }

  private static Object reverse(Object value, Arguments arguments) {
    arguments.bind("reverse");
    if (value instanceof String text) {
      return PythonStrings.reversed(text);
    }
    List<Object> reversed = Values.list(value).reversed();
    return value instanceof Generator ? reversed : new Generator(reversed.iterator());
  }

  private static Object items(Object value, Arguments arguments) {
    arguments.bind("items");
    return switch (value) {
      case Undefined _ -> new Generator(new ArrayList<Object>().iterator());
      case Map<?, ?> map -> new Generator(Attributes.items(map).iterator());
      default -> throw new TemplateFailure("Can only get item pairs from a mapping.");
    };
  }

  private static Object join(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("join", "d", "attribute");
    String separator = PythonText.str(bound.get("d", ""));
    Object attribute = bound.get("attribute", None.NONE);
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (Object item : Values.list(value)) {
      Object part = attribute == None.NONE ? item : SelectionFilters.member(item, attribute);
      text.append(first ? "" : separator).append(PythonText.str(part));
      first = false;
    }
    return text.toString();
  }

  /** Texts are equal whatever their case, unless {@code case_sensitive} is given. */
  private static UnaryOperator<Object> key(Arguments.Bound bound) {
    boolean sensitive = bound.flag("case_sensitive");
    Object attribute = bound.get("attribute", None.NONE);
    return item -> {
      Object key = attribute == None.NONE ? item : SelectionFilters.member(item, attribute);
      return folded(key, sensitive);
    };
  }

  private static Object folded(Object key, boolean sensitive) {
    return key instanceof String text && !sensitive ? text.toLowerCase(Locale.ROOT) : key;
  }

  private static Comparator<Object> by(UnaryOperator<Object> key) {
    return (left, right) -> Comparisons.compare(key.apply(left), key.apply(right), "<");
  }

  private static Object sort(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    List<Object> items = Values.list(value);
    boolean sensitive = bound.flag("case_sensitive");
    Object attribute = bound.get("attribute", None.NONE);
    List<?> attributes =
        attribute instanceof String several ? List.of(several.split(",")) : List.of(attribute);
    // Always a list of keys, so that equal values need no order: two times none can be sorted.
    Comparator<Object> order =
        by(
            item ->
                attributes.stream()
                    .map(one -> one == None.NONE ? item : SelectionFilters.member(item, one))
                    .map(key -> folded(key, sensitive))
                    .toList());
    items.sort(bound.flag("reverse") ? order.reversed() : order);
    return items;
  }

  private static Object sortDictionary(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    if (!(value instanceof Map<?, ?> map)) {
      throw new TemplateFailure("dictsort wants a dict, not " + Values.type(value));
    }
    String by = bound.text("by", "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new TemplateFailure("You can only sort by either \"key\" or \"value\"");
    }
    boolean sensitive = bound.flag("case_sensitive");
    int position = by.equals("key") ? 0 : 1;
    List<Object> items = Attributes.items(map);
    Comparator<Object> order = by(item -> folded(((Tuple) item).items().get(position), sensitive));
    items.sort(bound.flag("reverse") ? order.reversed() : order);
    return items;
  }

  private static Object extreme(String name, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind(name, "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(bound);
    Iterator<Object> items = Values.iterator(value);
    if (!items.hasNext()) {
      return new Undefined("No aggregated item, sequence was empty.");
    }
    Comparator<Object> order = name.equals("min") ? by(key) : by(key).reversed();
    Object best = items.next();
    while (items.hasNext()) {
      Object item = items.next();
      if (order.compare(item, best) < 0) {
        best = item;
      }
    }
    return best;
  }

  private static Object unique(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("unique", "case_sensitive", "attribute");
    UnaryOperator<Object> key = key(bound);
    Map<Object, Object> seen = new LinkedHashMap<>();
    return new Generator(
        Iterators.filtered(
            Values.iterator(value),
            item -> {
              Object itsKey = key.apply(item);
              boolean isNew = Dictionaries.get(seen, itsKey) == null;
              Dictionaries.put(seen, itsKey, itsKey);
              return isNew;
            }));
  }

  private static Object group(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
    boolean sensitive = bound.flag("case_sensitive");
    Object attribute = bound.required("attribute");
    Object otherwise = bound.get("default", None.NONE);
    UnaryOperator<Object> member =
        item -> {
          Object found = SelectionFilters.member(item, attribute);
          return found instanceof Undefined && otherwise != None.NONE ? otherwise : found;
        };
    UnaryOperator<Object> key = item -> folded(member.apply(item), sensitive);
    List<Object> items = Values.list(value);
    items.sort(by(key));
    List<Object> groups = new ArrayList<>();
    for (int from = 0, to = 0; from < items.size(); from = to) {
      Object first = items.get(from);
      while (to < items.size() && Comparisons.equal(key.apply(items.get(to)), key.apply(first))) {
        to++;
      }
      List<Object> members = new ArrayList<>(items.subList(from, to));
      groups.add(new Tuple(List.of(member.apply(first), members), List.of("grouper", "list")));
    }
    return groups;
  }
}
