package org.longpo.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The same figures as the JSON Lines logs, for TensorBoard, under the tags that transformers'
 * trainer gives them: {@code train/loss}, {@code eval/loss}.
 *
 * <p>Opening writes the file again from the lines that a run continues, so it has no gap and no
 * repeat after a resume. Its beginning comes out byte for byte as it was: a TensorBoard that has
 * the file open reads on.
 */
final class TensorBoardLog implements AutoCloseable {
  /** Any name with "tfevents" in it is read. */
  static final String FILE = "tensorboard/events.out.tfevents.0.longpo";

  private static final Set<String> NO_SCALARS = Set.of(TrainingMetric.STEP, TrainingMetric.TIME);

  private final FileChannel channel;

  private TensorBoardLog(FileChannel channel) {
    this.channel = channel;
  }

  /** An event file with nothing in it yet. */
  static TensorBoardLog open(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(file.getParent());
      TensorBoardLog log =
          new TensorBoardLog(
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      log.append(TensorBoardEvent.fileVersion());
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds the figures of a step.
   *
   * @param figures a line of metrics or evaluations; what is no number is left out
   * @param timing its line of timings
   */
  void add(Map<String, Object> figures, Map<String, Object> timing) {
    String group = timing.containsKey(TrainingMetric.EVAL_RUNTIME) ? "eval/" : "train/";
    Map<String, Double> scalars = new LinkedHashMap<>();
    put(scalars, group, figures);
    put(scalars, group, timing);
    double time = ((Number) required(timing, TrainingMetric.TIME)).doubleValue();
    long step = ((Number) required(figures, TrainingMetric.STEP)).longValue();
    append(TensorBoardEvent.scalars(time, step, scalars));
  }

  /** Cuts off what the file still held after what has been added. */
  void cutHere() {
    try {
      channel.truncate(channel.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, Double> scalars, String group, Map<String, Object> line) {
    line.forEach(
        (name, value) -> {
          if (value instanceof Number number && !NO_SCALARS.contains(name)) {
            String bare =
                name.startsWith(TrainingMetric.EVAL)
                    ? name.substring(TrainingMetric.EVAL.length())
                    : name;
            scalars.put(group + bare, number.doubleValue());
          }
        });
  }

  private static Object required(Map<String, Object> line, String name) {
    Object value = line.get(name);
    if (value == null) {
      throw new IllegalStateException("a line of the log lacks " + name);
    }
    return value;
  }

  private void append(byte[] record) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(record);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
