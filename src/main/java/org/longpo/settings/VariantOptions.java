package org.longpo.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.longpo.error.UserError;

/** The options of all variants of an interface: one name may stand in several of them. */
final class VariantOptions {
  /** By option name, then by the variants that have it themselves. */
  private final Map<String, Map<String, Key>> keys = new LinkedHashMap<>();

  VariantOptions(Variants variants, Class<?> interfaceType) {
    for (Class<? extends Record> type : variants.of(interfaceType)) {
      RecordShape shape = RecordShape.of(type, variants);
      for (Key key : shape.keys()) {
        keys.computeIfAbsent(key.name(), name -> new LinkedHashMap<>())
            .put(Variants.name(type), key);
      }
    }
  }

  /** One key for every name. */
  List<Key> merged() {
    return keys.values().stream().map(Key::ofVariants).toList();
  }

  Set<String> names() {
    return keys.keySet();
  }

  /**
   * Makes sure that no option of another variant was given.
   *
   * @param selector the option that chose the variant
   * @param own the names of the options that the chosen one has
   * @throws UserError naming the first
   */
  void refuseForeign(OptionValues values, Key selector, String chosen, Collection<String> own) {
    for (String name : names()) {
      if (!own.contains(name) && values.isGivenStrictly(name)) {
        Set<String> sorted = new TreeSet<>(own);
        throw foreign(
            values,
            name,
            "this " + selector.name(),
            chosen + " has " + (sorted.isEmpty() ? "none" : String.join(", ", sorted)));
      }
    }
  }

  /**
   * Makes sure that every option of some variant that was given belongs to one of those chosen.
   *
   * @throws UserError naming the first that does not
   */
  void requireUsed(OptionValues values, Set<String> used) {
    for (String name : names()) {
      if (!used.contains(name) && values.isGiven(name)) {
        throw foreign(values, name, "any of these", "none of those that are chosen has it");
      }
    }
  }

  private UserError foreign(OptionValues values, String name, String whose, String reason) {
    Set<String> owners = new LinkedHashSet<>(keys.getOrDefault(name, Map.of()).keySet());
    return new UserError(
        "%s is no setting of %s (%s); leave it out, or choose one that has it: %s."
            .formatted(values.where(name), whose, reason, String.join(", ", owners)));
  }
}
