package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.settings.OptionRecords;

/** What holds for every objective and setting. */
class EveryObjectiveTest {
  private static final String ALL = "org.longpo.objective.EveryObjective#list";

  /** A few dozen doubles of order 1 to 10 are added in another order. */
  private static final double ROUNDING = 1e-13;

  @Test
  void shouldListEveryObjective() {
    Set<Class<?>> listed = new HashSet<>();
    EveryObjective.list().forEach(objective -> listed.add(objective.getClass()));
    assertThat(listed).isEqualTo(Set.copyOf(Objectives.ALL.types()));
  }

  @ParameterizedTest
  @MethodSource("org.longpo.objective.EveryObjective#perPair")
  void shouldBeMeanOfOnePairDocumentsOnTree(Objective objective) {
    DocumentLogProbs document = RandomDocuments.tree(11, 3);
    ObjectiveResult whole = objective.apply(document);
    double mean = 0;
    for (int k = 0; k < 3; k++) {
      ObjectiveResult one =
          objective.apply(
              new DocumentLogProbs(List.of(document.pairs().get(k)), document.nllTokens()[k]));
      mean += one.loss() / 3;
      assertThat(whole.sequenceNllWeights()[k])
          .isCloseTo(one.sequenceNllWeights()[0] / 3, within(ROUNDING));
      for (Reading reading : Reading.values()) {
        if (reading.isPolicy()) {
          double[] expected = one.gradients().getFirst().get(reading).clone();
          for (int t = 0; t < expected.length; t++) {
            expected[t] /= 3;
          }
          assertThat(whole.gradients().get(k).get(reading))
              .containsExactly(expected, within(ROUNDING));
        }
      }
    }
    assertThat(whole.loss()).isCloseTo(mean, within(ROUNDING));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void shouldReadOnlyItsRequirements(Objective objective) {
    DocumentLogProbs document = RandomDocuments.tree(12, 2);
    Set<Reading> needed = objective.requirements().readings();
    List<PairLogProbs> reduced =
        document.pairs().stream()
            .map(
                pair -> {
                  Map<Reading, double[]> readings = new EnumMap<>(Reading.class);
                  needed.forEach(reading -> readings.put(reading, pair.get(reading)));
                  return new PairLogProbs(readings);
                })
            .toList();
    DocumentLogProbs enough = new DocumentLogProbs(reduced, document.nllTokens());
    assertThat(objective.apply(enough).loss()).isEqualTo(objective.apply(document).loss());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void shouldNameMissingReading(Objective objective) {
    DocumentLogProbs document = RandomDocuments.tree(13, 1);
    for (Reading missing : objective.requirements().readings()) {
      Map<Reading, double[]> readings = new EnumMap<>(Reading.class);
      for (Reading reading : EnumSet.complementOf(EnumSet.of(missing))) {
        readings.put(reading, document.pairs().getFirst().get(reading));
      }
      DocumentLogProbs lacking =
          new DocumentLogProbs(List.of(new PairLogProbs(readings)), document.nllTokens());
      assertThatThrownBy(() -> objective.apply(lacking))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(missing.name());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void shouldGiveNanForUnusableLogProb(Objective objective) {
    DocumentLogProbs document = RandomDocuments.tree(14, 2);
    for (Reading reading : objective.requirements().readings()) {
      for (double unusable : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
        double[] broken = document.pairs().getLast().get(reading).clone();
        broken[broken.length - 1] = unusable;
        ObjectiveResult result =
            objective.apply(RandomDocuments.with(document, 1, reading, broken));
        assertThat(result.loss()).isNaN();
        assertThat(result.isFinite()).isFalse();
      }
    }
  }

  /** The loss is a function of what is required alone, so nothing else takes a gradient. */
  @ParameterizedTest
  @MethodSource(ALL)
  void shouldNotChangeOtherReadings(Objective objective) {
    ObjectiveResult result = objective.apply(RandomDocuments.tree(15, 2));
    for (Reading reading : EnumSet.allOf(Reading.class)) {
      if (reading.isPolicy() && !objective.requirements().needs(reading)) {
        assertThat(result.gradients().getFirst().get(reading)).containsOnly(0);
      }
    }
  }

  /** Weights are given exactly where the trainer was told to run whole sequences. */
  @ParameterizedTest
  @MethodSource(ALL)
  void shouldWeighWholeSequencesOnlyIfRequired(Objective objective) {
    double[] tree = objective.apply(RandomDocuments.tree(16, 2)).sequenceNllWeights();
    double[] chain = objective.apply(RandomDocuments.chain(16, 2)).sequenceNllWeights();
    if (objective.requirements().wholeSequences().isPresent()) {
      assertThat(tree).containsExactly(1.0 / (2 * 40), 1.0 / (2 * 47));
      assertThat(chain).containsExactly(1.0 / 90);
    } else {
      assertThat(tree).containsExactly(0, 0);
      assertThat(chain).containsExactly(0);
    }
  }

  /** A warning that names what the user cannot change would not help. */
  @ParameterizedTest
  @MethodSource(ALL)
  void shouldNameOnlyItsOwnOptionsAsRemediesForCollapse(Objective objective) {
    Set<String> options = OptionRecords.byName((Record) objective).keySet();
    assertThat(objective.remediesForCollapse())
        .allMatch(remedy -> options.stream().anyMatch(option -> remedy.contains(" " + option)));
  }

  @Test
  void shouldNameRemediesThatFitTheSettings() {
    assertThat(
            new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.RESPONSE, Input.SHORT)
                .remediesForCollapse())
        .hasSize(2)
        .anyMatch(remedy -> remedy.startsWith("a lower lambda, so that the NLL"))
        .anyMatch(remedy -> remedy.startsWith("a lower beta"));
    assertThat(new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.NONE, Input.LONG).remediesForCollapse())
        .anyMatch(remedy -> remedy.contains("nll_span other than none"))
        .anyMatch(remedy -> remedy.startsWith("a higher beta"));
    assertThat(new Dpo(0.1, 0.1).remediesForCollapse())
        .noneMatch(remedy -> remedy.contains("label_smoothing"));
    assertThat(new SimPo(2, 0).remediesForCollapse()).isEmpty();
  }
}
