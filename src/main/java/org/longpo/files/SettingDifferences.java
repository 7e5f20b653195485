package org.longpo.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The differences between two sets of settings, in words. */
public final class SettingDifferences {
  private SettingDifferences() {}

  /** Every leaf of an object by its dotted name; an object without leaves is a leaf itself. */
  public static Map<String, String> leaves(JsonNode settings) {
    Map<String, String> leaves = new TreeMap<>();
    settings.properties().forEach(entry -> add(entry.getKey(), entry.getValue(), leaves));
    return leaves;
  }

  /** A phrase for each: "train.learning_rate 1.0E-5 (now 5.0E-7)", in the order of the names. */
  public static List<String> between(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Optional<String> value = Optional.ofNullable(before.get(name));
      Optional<String> newValue = Optional.ofNullable(now.get(name));
      if (!value.equals(newValue)) {
        differences.add(
            name + " " + value.orElse("not set") + " (now " + newValue.orElse("not set") + ")");
      }
    }
    return differences;
  }

  private static void add(String name, JsonNode node, Map<String, String> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(entry -> add(name + "." + entry.getKey(), entry.getValue(), leaves));
    } else {
      leaves.put(name, node.isString() ? node.stringValue() : node.toString());
    }
  }
}
