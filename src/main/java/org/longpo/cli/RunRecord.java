package org.longpo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.Json;
import org.longpo.files.SettingDifferences;
import org.longpo.model.ModelChoice;
import org.longpo.settings.OptionRecords;
import tools.jackson.databind.JsonNode;

/**
 * The content of {@code run.json}: what decides the results of a run as a whole, no times or
 * places, so that two runs of the same command write the same bytes. What decides a part of it,
 * such as one evaluation task, is in its {@link org.longpo.files.StageIdentity}.
 *
 * @param command the command's name
 * @param settings options that results depend on, with their resolved values, by their names, and
 *     hashes of inputs
 * @param engine options of the engine that the run was begun with; others change its results by
 *     rounding at most
 * @param versions those that began the run
 */
public record RunRecord(String command, JsonNode settings, JsonNode engine, Versions versions) {

  /** The record of a command that starts now, without settings yet. */
  public static RunRecord of(String command) {
    JsonNode none = Json.mapper().createObjectNode();
    return new RunRecord(command, none, none, Versions.current());
  }

  /** With a model and the options of the engine that it runs on. */
  RunRecord with(ModelChoice model) {
    RunRecord record = with(OptionRecords.deciding(model));
    JsonNode options = Json.mapper().valueToTree(OptionRecords.byName(model.engine()));
    return new RunRecord(command, record.settings, options, versions);
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
    return new RunRecord(command, Json.mapper().valueToTree(all), engine, versions);
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
