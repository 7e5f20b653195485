package org.longpo.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.files.Json;
import org.longpo.files.StageIdentity;

/** The folder of one training, and the names of what is in it. */
public record TrainingFolder(Path path) {
  /** The log that messages point to. */
  static final String METRICS = "metrics.jsonl";

  /** What the training here was begun with; empty if none was. */
  public Optional<StageIdentity> begunWith() {
    Path file = path.resolve(StageIdentity.FILE);
    return Files.exists(file)
        ? Optional.of(Json.read(file, StageIdentity.class))
        : Optional.empty();
  }

  /** Whether a training left anything here that its result could be taken from. */
  boolean hasTraining() {
    return Files.exists(record())
        || hasCheckpoints()
        || Files.exists(model())
        || Files.exists(adapter());
  }

  /** Where checkpoints to resume from are kept. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Whether there is anything to resume from, or to export again. */
  public boolean hasCheckpoints() {
    return Files.isDirectory(checkpoints());
  }

  /** Where the trained checkpoint appears when training is done. */
  public Path model() {
    return path.resolve("model");
  }

  /** Where the adapter appears, if one is trained, in PEFT's format. */
  public Path adapter() {
    return path.resolve("adapter");
  }

  /** What training leaves: the checkpoint, or the adapter if it is not merged into one. */
  public Path result(TrainingSettings settings) {
    return settings.exportsModel() ? model() : adapter();
  }

  /** Metrics by {@link TrainingMetric}, JSON Lines. */
  public Path metrics() {
    return path.resolve(METRICS);
  }

  /** Evaluations on the documents held out, JSON Lines. */
  public Path evaluations() {
    return path.resolve("evaluations.jsonl");
  }

  /** Times, a line for each of metrics and evaluations. */
  public Path timings() {
    return path.resolve("timings.jsonl");
  }

  /** Steps that were skipped and why, JSON Lines. */
  public Path skipped() {
    return path.resolve("skipped.jsonl");
  }

  /** {@link TrainedOn}, written when the training is finished. */
  Path record() {
    return path.resolve("training.json");
  }
}
