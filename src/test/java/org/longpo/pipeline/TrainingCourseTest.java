package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.report.ReportData.TrainingStep;
import org.longpo.training.TrainingFolder;

class TrainingCourseTest {
  @TempDir Path folder;

  private TrainingFolder log(String name, String... lines) throws IOException {
    Path round = Files.createDirectories(folder.resolve(name));
    Files.writeString(round.resolve("metrics.jsonl"), String.join("\n", lines) + "\n");
    return new TrainingFolder(round);
  }

  @Test
  void shouldPlaceRoundsByTheirStepsAndNotByTheirLines() throws IOException {
    // A line for every second step, and one for the last.
    TrainingFolder first =
        log("1", "{\"step\":2,\"loss\":3}", "{\"step\":4,\"loss\":2}", "{\"step\":5,\"loss\":1}");
    TrainingFolder second = log("2", "{\"step\":2,\"loss\":3}", "{\"step\":3,\"loss\":2}");
    TrainingCourse course = new TrainingCourse();
    course.add(1, first, 5);
    course.add(2, second, 3);
    assertThat(course.steps())
        .extracting(TrainingStep::round, TrainingStep::firstStep, TrainingStep::step)
        .containsExactly(
            tuple(1, 1, 2), tuple(1, 3, 4), tuple(1, 5, 5), tuple(2, 6, 7), tuple(2, 8, 8));
  }

  @Test
  void shouldCountStepsWithoutALine() throws IOException {
    // The last two of four steps were skipped, so there was nothing to write down.
    TrainingFolder first = log("1", "{\"step\":2,\"loss\":3}");
    TrainingFolder second = log("2", "{\"step\":1,\"loss\":3}");
    TrainingCourse course = new TrainingCourse();
    course.add(1, first, 4);
    course.add(2, second, 1);
    assertThat(course.steps().getLast().firstStep()).isEqualTo(5);
    assertThat(course.steps().getLast().step()).isEqualTo(5);
  }

  @Test
  void shouldLeaveAGapWhereThereIsNoFigure() throws IOException {
    TrainingFolder round =
        log(
            "1",
            "{\"step\":1,\"loss\":2.5,\"learning_rate\":0}",
            "{\"step\":2,\"loss\":\"NaN\",\"nll\":null,\"learning_rate\":0.001}");
    TrainingCourse course = new TrainingCourse();
    course.add(1, round, 2);
    TrainingStep step = course.steps().getFirst();
    // A measured 0 stays one.
    assertThat(step.metrics()).isEqualTo(Map.of("loss", 2.5, "learning_rate", 0.0));
    assertThat(course.steps().getLast().metrics()).isEqualTo(Map.of("learning_rate", 0.001));
  }
}
