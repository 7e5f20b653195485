package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.evaluation.BatchSize;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.WordModel;
import org.longpo.evaluation.tasks.judged.JudgedTasks;
import org.longpo.files.StageIdentity;
import org.longpo.inference.Model;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** A judged evaluation in its folder. */
class JudgedEvaluationTest {
  private static final String LOG = "mt-bench.jsonl";

  private static final EvaluationSettings SETTINGS = EvaluationSettings.defaults(List.of());

  @TempDir Path folder;

  @BeforeEach
  void writeQuestions() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      rows.append(
          "{\"question_id\": %d, \"category\": \"writing\", \"turns\": [\"Q%d?\", \"R%d?\"]}\n"
              .formatted(i, i, i));
    }
    Files.writeString(folder.resolve("mt_bench_questions.jsonl"), rows);
  }

  private Evaluation run(String run, String judge) {
    EvaluationInputs inputs =
        new EvaluationInputs(List.of(), List.of(), Optional.empty())
            .with(new BenchmarkData(Optional.of(folder)));
    WordModel model = new WordModel(prompt -> "answer " + prompt.length());
    WordModel judging = new WordModel(prompt -> "[[" + (1 + prompt.length() % 10) + "]]");
    List<PlannedTask> planned =
        TaskSelection.of(JudgedTasks.ALL, List.of("mt-bench")).plan(inputs, SETTINGS).stream()
            .map(task -> task.judgedBy(judge))
            .toList();
    TaskRunner runner =
        new TaskRunner(
            TestedModel.alone(StageIdentity.of("model"), new Model(model, model, judging)),
            new TaskContext(model, judging),
            new BatchSize(Integer.MAX_VALUE, 4),
            Progress.NONE,
            Cancellation.NEVER);
    return TestEvaluation.of(JudgedTasks.ALL, SETTINGS, planned, runner, folder.resolve(run));
  }

  @Test
  void shouldEndWithSameBytesAfterBeingKilled() throws IOException {
    Evaluation whole = run("whole", "first");
    byte[] log = Files.readAllBytes(folder.resolve("whole").resolve(LOG));
    for (double share : new double[] {0.2, 0.6, 0.95}) {
      Path killed = Files.createDirectories(folder.resolve("killed-" + share));
      Files.write(killed.resolve(LOG), Arrays.copyOf(log, (int) (log.length * share)));
      assertThat(run("killed-" + share, "first")).isEqualTo(whole);
      assertThat(killed.resolve(LOG)).hasBinaryContent(log);
    }
    assertThat(Evaluation.read(folder.resolve("whole").resolve(EvaluateStage.RESULT_FILE)))
        .isEqualTo(whole);
  }

  @Test
  void shouldNotMixScoresOfDifferentJudges() {
    Evaluation first = run("run", "1".repeat(64));
    assertThatThrownBy(() -> run("run", "2".repeat(64)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("other judge (SHA-256 11111111, now 22222222)");
    Evaluation second = run("another", "2".repeat(64));
    assertThatThrownBy(() -> first.requireComparableTo(second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mt-bench");
  }
}
