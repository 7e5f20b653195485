package org.longpo.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;

/**
 * What a finished training leaves in {@code training.json}: beside the identity and the result it
 * shows that there is nothing left to do, whatever became of checkpoints, logs, pairs, documents
 * and an adapter that the result has merged.
 *
 * @param run hash of all that decides the result
 * @param steps steps done
 * @param updates steps that were not skipped
 */
record TrainingRecord(String run, int steps, long updates) {
  static final String FILE = "training.json";

  /** The record in a run's folder; empty if its training is not finished. */
  static Optional<TrainingRecord> find(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(Json.read(file, TrainingRecord.class))
        : Optional.empty();
  }

  void write(Path folder) {
    AtomicFile.writeText(folder.resolve(FILE), Json.pretty(this));
  }
}
