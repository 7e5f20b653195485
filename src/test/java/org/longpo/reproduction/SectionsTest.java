package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.longpo.report.charts.StepPlot;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ArmRecord.Training;
import org.longpo.reproduction.MadeUpRecords.Level;

class SectionsTest {
  private static final MadeUpRecords MADE_UP = MadeUpRecords.small();

  private static Results results(List<ArmRecord> records) {
    return Results.of(records, MADE_UP.scale());
  }

  private static String text(Section section, List<ArmRecord> records) {
    return section.blocks(results(records)).stream()
        .filter(Section.Text.class::isInstance)
        .flatMap(block -> ((Section.Text) block).lines().stream())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void shouldListWarningsByArmAndSeedInALineEach() {
    Level level = new Level(0.5, 0.5);
    List<ArmRecord> records = new ArrayList<>();
    records.add(
        MADE_UP.test(
            Results.arm("dpo"),
            2,
            1,
            level,
            List.of("Training collapses: KL is 1.5\nsince step 40. What helps: a lower rate.")));
    records.add(MADE_UP.test(Arms.LONGPO, 1, 1, level, List.of("A | b.")));
    ArmRecord tried = records.getLast();
    records.add(
        new ArmRecord(
            1,
            new Key("dpo", 1, 1, Purpose.VALIDATION),
            1e-3,
            tried.origin(),
            tried.scores(),
            tried.training()));
    assertThat(text(new WarningsSection(), records))
        .isEqualTo(
            """
            - LongPO, round 1, seed 1: A \\| b.
            - DPO, round 1, seed 1, learning rate 1e-3 tried: A \\| b.
            - DPO, round 1, seed 2: Training collapses: KL is 1.5 since step 40.""");
    assertThat(WarningsSection.shortened("x".repeat(300))).hasSize(203).endsWith("...");
  }

  @Test
  void shouldPutRoundsAfterEachOtherAndTakeMeansOverSeeds() {
    Arm dpo = Results.arm("dpo");
    List<ArmRecord> records =
        List.of(
            trained(Arms.LONGPO, 1, 1, List.of(1.0, 2.0)),
            trained(Arms.LONGPO, 2, 1, List.of(3.0, 4.0, 5.0)),
            trained(Arms.LONGPO, 1, 2, List.of(6.0)),
            trained(dpo, 1, 1, List.of(7.0)),
            trained(dpo, 1, 2, List.of(Double.NaN, 8.0)));
    TrainingCourse course = TrainingCourse.of(results(records), List.of(Arms.LONGPO, dpo));
    assertThat(course.starts()).containsExactly(1, 4);
    assertThat(course.points(Arms.LONGPO, "metric"))
        .containsExactly(
            new StepPlot.Point(1, 2), new StepPlot.Point(2, 3), new StepPlot.Point(4, 6));
    assertThat(course.points(dpo, "metric"))
        .containsExactly(new StepPlot.Point(1, 7), new StepPlot.Point(5, 8));
    assertThat(course.points(dpo, "other")).isEmpty();
  }

  private static ArmRecord trained(Arm arm, long seed, int round, List<Double> metric) {
    ArmRecord record = MADE_UP.test(arm, seed, round);
    return new ArmRecord(
        1,
        record.key(),
        record.learningRate(),
        record.origin(),
        record.scores(),
        new Training(1, 1, Map.of("metric", metric), List.of(), 1));
  }

  /** Sweeps have one seed: LongPO's others would be of other documents. */
  @Test
  void shouldCompareSweepsWithTheirSeedAlone() {
    List<ArmRecord> records = new ArrayList<>();
    Arm greedy = Results.arm("greedy");
    records.add(MADE_UP.test(Arms.LONGPO, 1, 1, new Level(0.5, 0.5), List.of()));
    records.add(MADE_UP.test(Arms.LONGPO, 2, 1, new Level(0, 0), List.of()));
    ArmRecord same = records.getFirst();
    records.add(
        new ArmRecord(
            1,
            new Key(greedy.id(), 1, 1, Purpose.TEST),
            1e-3,
            same.origin(),
            same.scores(),
            same.training()));
    assertThat(text(new SweepsSection(), records))
        .contains("| Greedy answers | 1 | 0.0 [0.0, 0.0] | 1.000 | 0.0 [0.0, 0.0] | 1.000 | 1 |");
  }

  @Test
  void shouldKeepTablesInShape() {
    MarkdownTable table = new MarkdownTable(1, List.of("a", "b"));
    assertThat(table.isEmpty()).isTrue();
    table.add(List.of("x|y", "1"));
    assertThat(table.text().lines()).containsExactly("| a | b |", "|---|---:|", "| x\\|y | 1 |");
  }
}
