package org.longpo.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.Json;
import org.longpo.files.SettingDifferences;
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
    return SettingDifferences.between(flat(), now.flat());
  }

  /** Every leaf by its dotted name. */
  private Map<String, String> flat() {
    Map<String, String> leaves = new TreeMap<>(SettingDifferences.leaves(settings));
    leaves.put("command", command);
    leaves.put("seed", Long.toString(seed));
    return leaves;
  }
}
