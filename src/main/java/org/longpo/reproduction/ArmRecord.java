package org.longpo.reproduction;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.reproduction.ReproductionScale.Round;
import tools.jackson.databind.JsonNode;

/**
 * What was measured of one model: of an arm with a seed after a round, or of the base. A file of
 * its own, which later runs take over.
 *
 * @param format version of the file's layout
 * @param learningRate 0 for the base
 * @param scores of every question in [0, 1], by task and length, such as "village-home@1024";
 *     without a length for skills, such as "village-reverse"
 */
public record ArmRecord(
    int format,
    Key key,
    double learningRate,
    Origin origin,
    Map<String, List<Double>> scores,
    Training training) {
  public static final int FORMAT = 1;
  public static final String BASE = "base";
  public static final String BASE_ROPE = "base-rope";

  /**
   * @param arm id of the {@link Arm}; {@link #BASE} or {@link #BASE_ROPE}
   * @param seed of documents, pairs and training; 0 for the base
   * @param round from 1; 0 for the base
   * @param purpose what its questions are for
   */
  public record Key(String arm, long seed, int round, Purpose purpose) {
    /** Name of the record's file, without its ending. */
    String fileName() {
      return "%s-seed-%d-round-%d%s".formatted(arm, seed, round, purpose.suffix);
    }
  }

  /** Which questions a model was asked. */
  public enum Purpose {
    /** What tables show. */
    TEST(""),
    /** Others, by which learning rates are chosen. */
    VALIDATION("-validation");

    private final String suffix;

    Purpose(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * @param git commit of the program
   * @param base fingerprint of the base model's weights and files
   * @param settings SHA-256 of all settings that decide the record: documents, pairs, training and
   *     questions
   */
  public record Origin(String git, String base, String settings) {}

  /**
   * @param documents that were trained on; 0 for the base
   * @param metrics by step, by their names in metrics.jsonl
   * @param warnings such as a collapse
   * @param seconds that training took, with another arm beside it
   */
  public record Training(
      int documents,
      int pairs,
      Map<String, List<Double>> metrics,
      List<String> warnings,
      double seconds) {
    static final Training NONE = new Training(0, 0, Map.of(), List.of(), 0);
  }

  /**
   * Reads a record.
   *
   * @throws UserError if the file is of another format, or damaged
   */
  public static ArmRecord read(Path file) {
    JsonNode format = Json.read(file, JsonNode.class).path("format");
    if (!format.isInt() || format.intValue() != FORMAT) {
      throw new UserError(
          "%s is of another version of longpo (format %s, expected %d); remove it to have it made again."
              .formatted(file, format.isInt() ? format.intValue() : "missing", FORMAT));
    }
    return Json.read(file, ArmRecord.class);
  }

  /**
   * Makes sure that it is what a run would measure.
   *
   * @param expected of the run; another commit of the program may have measured it
   * @throws UserError if it was measured from another base or with other settings
   */
  void requireSame(Origin expected, Path file) {
    if (!origin.base().equals(expected.base())) {
      throw new UserError(
          "%s was measured from another base model; give --records another folder, or --model the base of these records."
              .formatted(file));
    }
    if (!origin.settings().equals(expected.settings())) {
      throw new UserError(
          "%s was measured with other settings (--quick, or those of another version); give --records another folder, or remove the file to have it made again."
              .formatted(file));
    }
  }

  /** By which learning rates are compared: the mean of long and short score, in [0, 1]. */
  double selectionScore(Round round) {
    return (mean(name -> name.endsWith("@" + round.lengthTokens()))
            + mean(name -> !name.contains("@")))
        / 2;
  }

  /** The mean over tasks of the mean of their scores; every task has the same weight. */
  private double mean(Predicate<String> tasks) {
    return scores.entrySet().stream()
        .filter(task -> tasks.test(task.getKey()))
        .mapToDouble(
            task -> task.getValue().stream().mapToDouble(score -> score).average().orElseThrow())
        .average()
        .orElseThrow();
  }

  public void write(Path file) {
    AtomicFile.writeText(file, Json.pretty(this));
  }
}
