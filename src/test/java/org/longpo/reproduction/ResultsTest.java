package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Origin;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ArmRecord.Training;

class ResultsTest {
  private static final double ROUNDING = 1e-12;

  private static ArmRecord record(
      String arm, long seed, int round, Map<String, List<Double>> scores) {
    return new ArmRecord(
        ArmRecord.FORMAT,
        new Key(arm, seed, round, Purpose.TEST),
        1e-3,
        new Origin("git", "base", "settings"),
        scores,
        Training.NONE);
  }

  private static Results results(ArmRecord... records) {
    return Results.of(List.of(records), ReproductionScale.full());
  }

  private static double value(Trained model, Measure measure) {
    return model.scores(measure).orElseThrow().value();
  }

  @Test
  void shouldTakeMeansOverQuestionsThenTasksThenSeeds() {
    Results results =
        results(
            record(
                "longpo",
                1,
                1,
                Map.of(
                    "village-home@256", List.of(1.0, 1.0),
                    "village-home@512", List.of(1.0, 0.0),
                    "village-job@512", List.of(0.0, 0.0),
                    "village-home@1024", List.of(1.0, 1.0),
                    "village-job@1024", List.of(1.0, 0.0),
                    "village-verse", List.of(1.0, 0.0, 0.0, 0.0),
                    "village-series", List.of(1.0))),
            record(
                "longpo",
                2,
                1,
                Map.of(
                    "village-home@256", List.of(1.0, 0.0),
                    "village-home@512", List.of(1.0, 1.0),
                    "village-job@512", List.of(0.5, 0.5),
                    "village-home@1024", List.of(0.0, 0.0),
                    "village-job@1024", List.of(0.0, 0.0),
                    "village-verse", List.of(1.0, 0.0, 0.0, 0.0),
                    "village-series", List.of(0.0))));
    Trained trained = results.trained(Arms.LONGPO, 1).orElseThrow();
    assertThat(results.longLengths()).containsExactly(512, 1024);
    assertThat(value(trained, Measure.at(512))).isCloseTo(0.5, within(ROUNDING));
    assertThat(value(trained, Measure.at(1024))).isCloseTo(0.375, within(ROUNDING));
    assertThat(value(trained, results.longUpTo(1))).isCloseTo(0.5, within(ROUNDING));
    assertThat(value(trained, results.longUpTo(2))).isCloseTo(0.4375, within(ROUNDING));
    assertThat(value(trained, Measure.WINDOW)).isCloseTo(0.75, within(ROUNDING));
    assertThat(value(trained, Measure.SHORT)).isCloseTo(0.375, within(ROUNDING));
    assertThat(value(trained.only(1).orElseThrow(), Measure.at(512)))
        .isCloseTo(0.25, within(ROUNDING));
    assertThat(trained.only(3)).isEmpty();
    assertThat(trained.scores(Measure.at(2048))).isEmpty();
  }

  @Test
  void shouldCompareTheSeedsThatBothHave() {
    Map<String, List<Double>> wrong = Map.of("village-verse", List.of(0.0, 0.0, 0.0));
    Map<String, List<Double>> right = Map.of("village-verse", List.of(1.0, 1.0, 1.0));
    Results results =
        results(
            record(ArmRecord.BASE, 0, 0, right),
            record("longpo", 1, 1, wrong),
            record("longpo", 2, 1, right),
            record("dpo", 2, 1, wrong),
            record("dpo", 3, 1, wrong));
    Trained longPo = results.trained(Arms.LONGPO, 1).orElseThrow();
    Trained dpo = results.trained(Results.arm("dpo"), 1).orElseThrow();
    Comparison both = new Comparison(longPo, dpo, Measure.SHORT);
    assertThat(both.seeds()).containsExactly(2L);
    assertThat(both.difference().orElseThrow().value()).isEqualTo(1);
    Comparison overBase = new Comparison(longPo, results.base().orElseThrow(), Measure.SHORT);
    assertThat(overBase.seeds()).containsExactly(1L, 2L);
    assertThat(overBase.difference().orElseThrow().value()).isEqualTo(-0.5);
    Comparison none = new Comparison(longPo.only(1).orElseThrow(), dpo, Measure.SHORT);
    assertThat(none.difference()).isEmpty();
  }

  @Test
  void shouldPreferTheLastRoundOfAllSeeds() {
    MadeUpRecords madeUp = MadeUpRecords.small();
    List<ArmRecord> records = new ArrayList<>();
    records.add(madeUp.test(Arms.LONGPO, 1, 1));
    records.add(madeUp.test(Arms.LONGPO, 1, 2));
    assertThat(Results.of(records, madeUp.scale()).lastRound(Arms.LONGPO)).hasValue(2);
    records.add(madeUp.test(Arms.LONGPO, 2, 1));
    records.add(madeUp.test(Arms.LONGPO, 3, 1));
    Results results = Results.of(records, madeUp.scale());
    assertThat(results.lastRound(Arms.LONGPO)).hasValue(1);
    assertThat(results.lastRound(Arms.LONGPO, Results.arm("dpo"))).isEmpty();
  }

  @Test
  void shouldRefuseRecordsThatDoNotFitTogether() {
    ArmRecord one = record("longpo", 1, 1, Map.of("village-verse", List.of(1.0, 0.0)));
    assertThatThrownBy(
            () -> results(one, record("longpo", 2, 1, Map.of("village-verse", List.of(1.0)))))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "The record longpo-seed-2-round-1 is about other questions than"
                + " longpo-seed-1-round-1; remove those of the older run to have them made again.");
    Map<String, List<Double>> more = new HashMap<>(one.scores());
    more.put("village-series", List.of(1.0, 0.0));
    assertThatThrownBy(() -> results(one, record("dpo", 1, 1, more))).isInstanceOf(UserError.class);
    ArmRecord otherBase =
        new ArmRecord(
            1,
            new Key("dpo", 1, 1, Purpose.TEST),
            1e-3,
            new Origin("git", "other", "settings"),
            one.scores(),
            Training.NONE);
    assertThatThrownBy(() -> results(one, otherBase))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is about another base model than");
    // A model that was asked at further lengths is no other test.
    more.remove("village-series");
    more.put("village-home@512", List.of(1.0));
    assertThat(results(one, record("dpo", 1, 1, more)).longLengths()).containsExactly(512);
  }
}
