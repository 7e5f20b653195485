package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.AppendLog;
import org.longpo.files.Json;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import tools.jackson.databind.JsonNode;

class TensorBoardTest {
  private static final TrainingSettings SETTINGS =
      OptionRecords.with(
          TinyRun.settings(3, 2),
          "validation",
          new ValidationSettings(0.2, OptionalInt.of(2), false));

  @TempDir Path folder;

  @Test
  void shouldHoldEveryFigureOfTheLogs() throws IOException {
    train(folder, Cancellation.NEVER);
    List<Event> events = EventFile.read(folder.resolve(TensorBoardLog.FILE));
    assertThat(events.getFirst().getFileVersion()).isEqualTo("brain.Event:2");

    Map<String, Float> expected = new TreeMap<>();
    for (String log : List.of("metrics.jsonl", "evaluations.jsonl", "timings.jsonl")) {
      for (JsonNode line : lines(log)) {
        int step = line.path("step").asInt();
        boolean evaluation = log.startsWith("eval") || line.has("eval_runtime");
        line.propertyStream()
            .filter(field -> !field.getKey().matches("step|time"))
            .forEach(
                field ->
                    expected.put(
                        step
                            + (evaluation ? " eval/" : " train/")
                            + field.getKey().replaceFirst("^eval_", ""),
                        (float) field.getValue().asDouble()));
      }
    }
    Map<String, Float> found = new TreeMap<>();
    for (Event event : events.subList(1, events.size())) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        assertThat(found.put(event.getStep() + " " + value.getTag(), value.getSimpleValue()))
            .as("no figure twice")
            .isNull();
      }
    }
    assertThat(found)
        .isEqualTo(expected)
        .containsKeys("2 train/loss", "2 train/nll", "2 train/kl/short_to_long", "2 eval/loss")
        .containsKeys("2 train/tokens_per_second", "2 train/peak_memory", "2 eval/runtime");
  }

  @Test
  void shouldHaveNoGapsOrRepeatsAfterResume() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, Cancellation.NEVER);
    Path stopped = folder.resolve("stopped");
    for (int documents : new int[] {4, 3, 5}) {
      AtomicInteger asked = new AtomicInteger();
      assertThatThrownBy(() -> train(stopped, () -> asked.incrementAndGet() > documents))
          .isInstanceOf(CancelledException.class);
      // What a killed process may leave: figures of steps that are done again, and half a record.
      Files.write(
          stopped.resolve(TensorBoardLog.FILE),
          Arrays.copyOf(TensorBoardEvent.scalars(1, 2, Map.of("train/loss", 3.0)), 40),
          StandardOpenOption.APPEND);
    }
    train(stopped, Cancellation.NEVER);
    assertThat(figures(stopped)).isEqualTo(figures(whole));
  }

  @Test
  void shouldComeBackWhenDeleted() throws IOException {
    train(folder, Cancellation.NEVER);
    byte[] before = Files.readAllBytes(folder.resolve(TensorBoardLog.FILE));
    Files.delete(folder.resolve(TensorBoardLog.FILE));
    train(folder, Cancellation.NEVER);
    assertThat(Files.readAllBytes(folder.resolve(TensorBoardLog.FILE))).isEqualTo(before);
  }

  /** Steps, tags and values in order, without what the clock decides. */
  private static List<Map<String, Object>> figures(Path run) throws IOException {
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Event event : EventFile.read(run.resolve(TensorBoardLog.FILE))) {
      Map<String, Object> values = new HashMap<>();
      values.put("step", event.getStep());
      for (Summary.Value value : event.getSummary().getValueList()) {
        boolean isOfClock =
            value.getTag().matches(".*/(seconds|tokens_per_second|mfu|peak_memory|runtime)");
        values.put(value.getTag(), isOfClock ? "some" : value.getSimpleValue());
      }
      figures.add(values);
    }
    return figures;
  }

  private static void train(Path run, Cancellation cancellation) {
    TinyRun.train(run, TinyRun.documents(), SETTINGS, DType.FLOAT32, cancellation);
  }

  private List<JsonNode> lines(String log) {
    return AppendLog.readLines(folder.resolve(log)).stream()
        .map(line -> Json.parse(line, JsonNode.class, log))
        .toList();
  }
}
