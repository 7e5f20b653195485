package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/**
 * What {@code run.json} says: all that decides what a run computes, and no times or places, so that
 * two runs of the same command leave the same bytes.
 *
 * @param command the command's name
 * @param settings every setting with its resolved value, defaults included
 * @param seed the run's seed
 * @param versions those that began the run
 */
public record RunRecord(String command, JsonNode settings, long seed, Versions versions) {

  /** The record of a command that starts now; {@code settings} is any record of ours. */
  public static RunRecord of(String command, Object settings, long seed) {
    return new RunRecord(command, Json.mapper().valueToTree(settings), seed, Versions.current());
  }

  /**
   * What tells another run from this one, a phrase for each: "train.learning_rate 1.0E-5 (now
   * 5.0E-7)". Versions do not make another run.
   */
  List<String> differencesTo(RunRecord now) {
    Map<String, String> here = flat();
    Map<String, String> there = now.flat();
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Optional<String> value = Optional.ofNullable(here.get(name));
      Optional<String> newValue = Optional.ofNullable(there.get(name));
      if (!value.equals(newValue)) {
        differences.add(
            name + " " + value.orElse("not set") + " (now " + newValue.orElse("not set") + ")");
      }
    }
    return differences;
  }

  /** Every leaf by its dotted name. */
  private Map<String, String> flat() {
    Map<String, String> leaves = new TreeMap<>();
    leaves.put("command", command);
    leaves.put("seed", Long.toString(seed));
    settings.properties().forEach(entry -> flatten(entry.getKey(), entry.getValue(), leaves));
    return leaves;
  }

  private static void flatten(String name, JsonNode node, Map<String, String> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(entry -> flatten(name + "." + entry.getKey(), entry.getValue(), leaves));
    } else {
      leaves.put(name, node.isString() ? node.stringValue() : node.toString());
    }
  }
}
