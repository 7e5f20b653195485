package org.longpo.evaluation.tasks.choice;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.TaskPlan;
import org.longpo.files.Json;
import org.longpo.settings.OptionRecords;
import tools.jackson.databind.JsonNode;

/** Choice tasks on small data. */
final class ChoiceTests {
  /** Rows that were written for tests. */
  static final Path DATA = Path.of("src/test/resources/org/longpo/evaluation/tasks/choice/data");

  static final List<ChoiceTask<?>> ALL =
      List.of(
          new ArcChallengeTask(),
          new HellaSwagTask(),
          new WinoGrandeTask(),
          new PiqaTask(),
          new MmluTask());

  private ChoiceTests() {}

  static ChoiceTask<?> task(String name) {
    return ALL.stream()
        .filter(task -> task.info().id().equals(name.replace('_', '-')))
        .findFirst()
        .orElseThrow();
  }

  static EvaluationInputs inputs(Path data) {
    return new EvaluationInputs(List.of(), List.of(), Optional.empty())
        .with(new BenchmarkData(Optional.of(data)));
  }

  static EvaluationSettings settings(Optional<Integer> limit) {
    return OptionRecords.with(EvaluationSettings.defaults(List.of()), "limit", limit);
  }

  static <O extends Record & ChoiceTask.Options> TaskPlan plan(
      ChoiceTask<O> task, Path data, int shots, boolean chat, Optional<Integer> limit) {
    O options =
        OptionRecords.of(
            task.options(), Map.of(task.shotsOption(), shots, "choice_chat_template", chat));
    return task.plan(inputs(data), settings(limit), options);
  }

  /** A row of {@code file.jsonl}, line 7. */
  static ChoiceRow row(String json) {
    return new ChoiceRow(
        Json.parse(json, JsonNode.class, "test"), Optional.empty(), "file.jsonl:7");
  }
}
