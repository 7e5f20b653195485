package org.longpo.reproduction;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.reproduction.ArmRecord.Purpose;

/** Everything that sections show: the records that are finished, by arm and round. */
final class Results {
  private static final String BASE_NAME = "Base";
  private static final String BASE_ROPE_NAME = "Base with raised RoPE";

  private final List<ArmRecord> records;
  private final ReproductionScale scale;

  private Results(List<ArmRecord> records, ReproductionScale scale) {
    this.records = records;
    this.scale = scale;
  }

  /**
   * @throws UserError if records do not fit together
   */
  static Results of(List<ArmRecord> records, ReproductionScale scale) {
    List<ArmRecord> sorted =
        records.stream()
            .sorted(
                Comparator.comparing((ArmRecord record) -> record.key().fileName())
                    .thenComparingDouble(ArmRecord::learningRate))
            .toList();
    SameQuestions.check(sorted);
    return new Results(sorted, scale);
  }

  ReproductionScale scale() {
    return scale;
  }

  /** In an order of their own. */
  List<ArmRecord> records() {
    return records;
  }

  Optional<Trained> base() {
    return trained(ArmRecord.BASE, BASE_NAME, 0);
  }

  Optional<Trained> baseRope() {
    return trained(ArmRecord.BASE_ROPE, BASE_ROPE_NAME, 0);
  }

  /** Empty if no seed of it is finished. */
  Optional<Trained> trained(Arm arm, int round) {
    return trained(arm.id(), arm.name(), round);
  }

  private Optional<Trained> trained(String arm, String name, int round) {
    SortedMap<Long, ArmRecord> bySeed = new TreeMap<>();
    for (ArmRecord record : records) {
      ArmRecord.Key key = record.key();
      if (key.purpose() == Purpose.TEST && key.arm().equals(arm) && key.round() == round) {
        if (bySeed.put(key.seed(), record) != null) {
          throw new IllegalArgumentException("two records of " + key);
        }
      }
    }
    return bySeed.isEmpty() ? Optional.empty() : Optional.of(new Trained(arm, name, round, bySeed));
  }

  /** How an arm did with a learning rate, on the questions by which one is chosen. */
  Optional<Trained> validation(Arm arm, double learningRate) {
    return records.stream()
        .filter(record -> record.key().purpose() == Purpose.VALIDATION)
        .filter(record -> record.key().arm().equals(arm.id()))
        .filter(record -> record.learningRate() == learningRate)
        .findFirst()
        .map(
            record ->
                new Trained(
                    arm.id(),
                    arm.name(),
                    record.key().round(),
                    new TreeMap<>(Map.of(record.key().seed(), record))));
  }

  /** The last round that all of these arms have in all seeds; else the last that all have. */
  Optional<Integer> lastRound(Arm... arms) {
    List<Integer> finished = rounds().filter(round -> haveAll(round, 1, arms)).boxed().toList();
    return finished.reversed().stream()
        .filter(round -> haveAll(round, scale.seeds().size(), arms))
        .findFirst()
        .or(() -> finished.reversed().stream().findFirst());
  }

  private boolean haveAll(int round, int seeds, Arm... arms) {
    return Stream.of(arms)
        .allMatch(
            arm -> trained(arm, round).filter(found -> found.bySeed().size() >= seeds).isPresent());
  }

  /** From 1. */
  IntStream rounds() {
    return IntStream.rangeClosed(1, scale.rounds().size());
  }

  /** Of the documents of a round, in tokens. */
  int lengthOf(int round) {
    return scale.rounds().get(round - 1).lengthTokens();
  }

  /** The mean over lengths beyond the window up to that of the round. */
  Measure longUpTo(int round) {
    return Measure.ofLengths(
        longLengths().stream().filter(length -> length <= lengthOf(round)).toList());
  }

  /** Lengths beyond the window that models were tested at. */
  List<Integer> longLengths() {
    return List.copyOf(
        new TreeSet<>(
            records.stream()
                .filter(record -> record.key().purpose() == Purpose.TEST)
                .flatMap(record -> record.scores().keySet().stream())
                .map(key -> ScoreKey.parse(key).length())
                .filter(length -> length > Measure.WINDOW_TOKENS)
                .toList()));
  }

  /** Those that the run is about. */
  Stream<Arm> arms() {
    return Stream.of(Arms.HEADLINE, scale.others(), scale.sweeps()).flatMap(List::stream);
  }

  static Arm arm(String id) {
    return Arms.all()
        .filter(arm -> arm.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no arm " + id));
  }
}
