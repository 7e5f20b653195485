package org.longpo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.Json;
import org.longpo.files.SettingDifferences;
import org.longpo.settings.OptionRecords;
import tools.jackson.databind.JsonNode;

/**
 * The content of {@code run.json}: all that decides what a run computes, and no times or places, so
 * that two runs of the same command write the same bytes.
 *
 * @param command the command's name
 * @param settings options that results depend on, with their resolved values, by their names, and
 *     hashes of inputs
 * @param versions those that began the run
 */
public record RunRecord(String command, JsonNode settings, Versions versions) {

  /** The record of a command that starts now, without settings yet. */
  public static RunRecord of(String command) {
    return new RunRecord(command, Json.mapper().createObjectNode(), Versions.current());
  }

  /** With the options of a record. */
  RunRecord with(Record options) {
    return with(OptionRecords.deciding(options));
  }

  /** With a value of another kind. */
  RunRecord with(String name, Object value) {
    return with(Map.of(name, value));
  }

  /** With values by their names. */
  RunRecord with(Map<String, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    settings.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    all.putAll(values);
    return new RunRecord(command, Json.mapper().valueToTree(all), versions);
  }

  /**
   * The differences of another run from this one, a phrase for each: "learning_rate 1.0E-5 (now
   * 5.0E-7)". Versions do not make another run.
   */
  List<String> differencesTo(RunRecord now) {
    return SettingDifferences.between(flat(), now.flat());
  }

  /** Every leaf by its dotted name. */
  private Map<String, String> flat() {
    Map<String, String> leaves = new TreeMap<>(SettingDifferences.leaves(settings));
    leaves.put("command", command);
    return leaves;
  }
}
