package org.longpo.training;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairRow;

/**
 * What of a pair file a training made use of: the record in {@code training.json} that a finished
 * training leaves. With the stage's identity and the result it shows that there is nothing left to
 * do, even if checkpoints, logs, pairs, documents or an adapter that the result has merged were
 * removed.
 *
 * @param documents rows that were trained on
 * @param pairs pairs of these rows
 * @param steps that were done, skipped ones among them; fewer than planned after an early stop
 * @param resultStep steps after which the weights were those of the result; empty where that is not
 *     known any more
 * @param heldOut ids of the rows that were kept for evaluation
 * @param tooLong ids of the rows that were left out, as they are longer than {@code max_length}
 * @param truncated characters that were kept of the rows whose text was cut off, by their ids: only
 *     pairs about them were trained on
 */
public record TrainedOn(
    int documents,
    int pairs,
    int steps,
    OptionalInt resultStep,
    List<String> heldOut,
    List<String> tooLong,
    Map<String, Integer> truncated) {
  public TrainedOn {
    heldOut = List.copyOf(heldOut);
    tooLong = List.copyOf(tooLong);
    truncated = Collections.unmodifiableMap(new LinkedHashMap<>(truncated));
  }

  /** Of data that is laid out with these settings, in a training that has ended. */
  public static TrainedOn of(TrainingData data, TrainingSettings settings, TrainingEnd end) {
    TrainingData training = DataSplit.of(data, settings.validation(), settings.seed()).training();
    Set<String> trained = new HashSet<>();
    for (int i = 0; i < training.size(); i++) {
      trained.add(training.id(i));
    }
    int pairs = 0;
    List<String> heldOut = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      if (trained.contains(data.id(i))) {
        pairs += data.pairs(i);
      } else {
        heldOut.add(data.id(i));
      }
    }
    return new TrainedOn(
        training.size(),
        pairs,
        end.steps(),
        end.resultStep(),
        heldOut,
        data.droppedIds(),
        data.keptCharacters());
  }

  /** Whether a row of the pair file was trained on. */
  boolean includes(String id) {
    return !heldOut.contains(id) && !tooLong.contains(id);
  }

  /** The pairs of a row of the pair file that were trained on; none if the row was not. */
  public List<Pair> pairsOf(PairRow row) {
    return includes(row.id())
        ? PairExamples.within(row, truncated.getOrDefault(row.id(), Integer.MAX_VALUE))
        : List.of();
  }

  /** Whether a finished training left it. */
  public static boolean isThere(TrainingFolder folder) {
    return Files.exists(folder.record());
  }

  /** Leaves it in a folder; does nothing where it is there already. */
  public void write(TrainingFolder folder) {
    if (!isThere(folder)) {
      AtomicFile.writeText(folder.record(), Json.pretty(this));
    }
  }

  /**
   * Reads what a finished training left.
   *
   * @throws org.longpo.error.UserError if it is missing
   */
  public static TrainedOn read(TrainingFolder folder) {
    return Json.read(folder.record(), TrainedOn.class);
  }
}
