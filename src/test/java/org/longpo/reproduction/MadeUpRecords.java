package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Origin;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ArmRecord.Training;

/**
 * Records as a run could leave them. Questions are as hard for all models: each has a difficulty,
 * and a model answers it with a chance that depends on the model's level.
 *
 * @param textQuestions of every kind and length
 * @param skillQuestions of every skill
 */
record MadeUpRecords(ReproductionScale scale, int textQuestions, int skillQuestions) {
  static final List<String> KINDS =
      List.of(
          "code-alone",
          "code",
          "home",
          "job",
          "age",
          "home-check",
          "about",
          "things",
          "codes",
          "residents",
          "count",
          "older",
          "crop",
          "friend-job");

  static final List<String> SKILLS =
      List.of(
          "arithmetic",
          "sort-numbers",
          "sort-words",
          "reverse",
          "repeat",
          "series",
          "format",
          "verse",
          "capital");

  static final List<Integer> LENGTHS = List.of(256, 512, 1024, 2048);

  static final double RATE = 3e-4;

  /** With few questions, for tests. */
  static MadeUpRecords small() {
    return new MadeUpRecords(ReproductionScale.full(), 3, 6);
  }

  List<ArmRecord> all() {
    List<ArmRecord> records = new ArrayList<>(bases());
    for (long seed : scale.seeds()) {
      for (Arm arm : Arms.HEADLINE) {
        for (int round = 1; round <= scale.rounds().size(); round++) {
          records.add(test(arm, seed, round));
        }
      }
      scale.others().forEach(arm -> records.add(test(arm, seed, 1)));
    }
    scale.sweeps().forEach(arm -> records.add(test(arm, scale.seeds().getFirst(), 1)));
    Stream.of(Arms.HEADLINE, scale.others())
        .flatMap(List::stream)
        .filter(Arm::choosesRate)
        .forEach(
            arm ->
                scale
                    .rates()
                    .forEach(
                        rate ->
                            records.add(
                                record(
                                    new Key(arm.id(), 1, 1, Purpose.VALIDATION),
                                    rate,
                                    new Level(0.4, 0.9),
                                    Training.NONE))));
    return records;
  }

  List<ArmRecord> bases() {
    return List.of(
        base(ArmRecord.BASE, new Level(0.05, 0.93)),
        base(ArmRecord.BASE_ROPE, new Level(0.3, 0.9)));
  }

  ArmRecord base(String id, Level level) {
    return record(new Key(id, 0, 0, Purpose.TEST), 0, level, Training.NONE);
  }

  ArmRecord test(Arm arm, long seed, int round) {
    return test(arm, seed, round, levelOf(arm, round), List.of());
  }

  ArmRecord test(Arm arm, long seed, int round, Level level, List<String> warnings) {
    return record(
        new Key(arm.id(), seed, round, Purpose.TEST),
        RATE,
        level,
        new Training(200 + (int) seed, 700 + (int) seed, metrics(arm, seed, round), warnings, 60));
  }

  /**
   * Chances of a right answer.
   *
   * @param onLong beyond the window; half of it is lost up to the longest texts
   * @param onShort of skills and within the window
   */
  record Level(double onLong, double onShort) {}

  private static Level levelOf(Arm arm, int round) {
    return switch (arm.id()) {
      case "sft" -> new Level(0.4 + 0.04 * round, 0.8);
      case "dpo" -> new Level(0.35, 0.7);
      case "longpo-unconstrained" -> new Level(0.5, 0.82);
      default -> new Level(0.55 + 0.08 * round, 0.93);
    };
  }

  private ArmRecord record(Key key, double rate, Level level, Training training) {
    Map<String, List<Double>> scores = new HashMap<>();
    for (String kind : KINDS) {
      for (int length : LENGTHS) {
        double chance =
            length == 256 ? level.onShort() : level.onLong() * (1.2 - length / 2048.0 * 0.5);
        String name = "village-%s@%d".formatted(kind, length);
        scores.put(name, scores(key, name, textQuestions, chance));
      }
    }
    for (String skill : SKILLS) {
      String name = "village-" + skill;
      scores.put(name, scores(key, name, skillQuestions, level.onShort()));
    }
    return new ArmRecord(
        ArmRecord.FORMAT,
        key,
        rate,
        new Origin("0123abc", "f".repeat(64), "settings"),
        scores,
        training);
  }

  private static List<Double> scores(Key key, String name, int count, double chance) {
    Random difficulty = new Random(name.hashCode());
    Random luck = new Random(31L * key.fileName().hashCode() + name.hashCode());
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double question = 0.7 * difficulty.nextDouble() + 0.3 * luck.nextDouble();
      scores.add(question < chance ? 1.0 : 0.0);
    }
    return scores;
  }

  private static Map<String, List<Double>> metrics(Arm arm, long seed, int round) {
    Random random = new Random(arm.id().hashCode() + 7 * seed + round);
    Map<String, List<Double>> metrics = new HashMap<>();
    int steps = 50 - 10 * round + (int) seed;
    for (int step = 0; step < steps; step++) {
      double grown = Math.log1p(step);
      add(metrics, "rewards/chosen", 0.2 * grown + 0.1 * random.nextGaussian());
      add(metrics, "rewards/rejected", -0.6 * grown + 0.1 * random.nextGaussian());
      add(metrics, "rewards/margins", 0.8 * grown + 0.1 * random.nextGaussian());
      add(metrics, "logps/chosen", -5 + 0.3 * grown + 0.2 * random.nextGaussian());
      if (arm.equals(Arms.LONGPO)) {
        add(metrics, "kl/short_to_long", 0.4 / (1 + step) + 0.02 * random.nextDouble());
      }
    }
    return metrics;
  }

  private static void add(Map<String, List<Double>> metrics, String name, double value) {
    metrics.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }
}
