package org.longpo.reproduction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.error.UserError;

/**
 * Records may be of several runs. They can be compared if they have the same tasks at a length, as
 * many questions of each, and the same base.
 */
final class SameQuestions {
  /** What must be the same: the questions of one length, or the skills (length 0). */
  private record Place(ArmRecord.Purpose purpose, int length) {}

  private record Seen(Map<String, Integer> questions, ArmRecord.Key key) {}

  private SameQuestions() {}

  /**
   * @throws UserError if two records do not fit together
   */
  static void check(List<ArmRecord> records) {
    Map<Place, Seen> seen = new HashMap<>();
    for (ArmRecord record : records) {
      String base = records.getFirst().origin().base();
      if (!record.origin().base().equals(base)) {
        throw mixed(record.key(), records.getFirst().key(), "another base model");
      }
      byPlace(record)
          .forEach(
              (place, questions) ->
                  Optional.ofNullable(seen.putIfAbsent(place, new Seen(questions, record.key())))
                      .filter(other -> !other.questions().equals(questions))
                      .ifPresent(
                          other -> {
                            throw mixed(record.key(), other.key(), "other questions");
                          }));
    }
  }

  private static Map<Place, Map<String, Integer>> byPlace(ArmRecord record) {
    Map<Place, Map<String, Integer>> places = new HashMap<>();
    record
        .scores()
        .forEach(
            (name, scores) -> {
              ScoreKey key = ScoreKey.parse(name);
              places
                  .computeIfAbsent(
                      new Place(record.key().purpose(), key.length()), _ -> new TreeMap<>())
                  .put(key.task(), scores.size());
            });
    return places;
  }

  private static UserError mixed(ArmRecord.Key one, ArmRecord.Key other, String what) {
    return new UserError(
        "The record %s is about %s than %s; remove those of the older run to have them made again."
            .formatted(one.fileName(), what, other.fileName()));
  }
}
