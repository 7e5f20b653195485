package org.longpo.evaluation.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import tools.jackson.databind.JsonNode;

/** Evaluations of models that nobody asked. */
public final class TestResults {
  public static final Metric ACCURACY = Metric.share("accuracy", "right answers");

  private TestResults() {}

  /** A task whose items are texts of one question each, or of several. */
  public static TaskInfo task(String id, int version) {
    return new TaskInfo(
        id,
        version,
        "Task " + id,
        "right answers",
        TaskInfo.Context.LONG,
        new TaskInfo.Units("texts", "texts"),
        List.of(ACCURACY));
  }

  /**
   * @param values of the questions about a text
   */
  public static ItemResult item(int length, int text, double... values) {
    List<Sample> samples = new ArrayList<>();
    for (double value : values) {
      samples.add(
          new Sample(Optional.empty(), "hash", Map.of("accuracy", value), Optional.empty()));
    }
    return new ItemResult(length, text, text, samples);
  }

  /** As many texts of one question: the first ones with a right answer. */
  public static List<ItemResult> texts(int length, int right, int wrong) {
    List<ItemResult> items = new ArrayList<>();
    for (int text = 0; text < right + wrong; text++) {
      items.add(item(length, text, text < right ? 1 : 0));
    }
    return items;
  }

  /**
   * @param measured settings, as JSON
   */
  public static ModelResults model(
      String name, TaskInfo task, String measured, List<ItemResult> items) {
    JsonNode settings = Json.parse(measured, JsonNode.class, "settings");
    return new ModelResults(
        name,
        new Evaluation(
            Evaluation.FORMAT, "model", List.of(TaskResult.of(task, List.of(), settings, items))),
        Map.of(task.id(), items));
  }

  /** As {@code evaluate} leaves them. */
  public static void write(ModelResults model, Path folder) {
    AtomicFile.writeText(folder.resolve("evaluation.json"), Json.pretty(model.figures()));
    model
        .items()
        .forEach(
            (task, items) -> {
              try (ResumableLog log =
                  ResumableLog.open(
                      folder.resolve(task + ".jsonl"), StageIdentity.of("evaluate"))) {
                items.forEach(item -> log.append(Json.line(item)));
              }
            });
  }
}
