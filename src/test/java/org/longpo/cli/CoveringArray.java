package org.longpo.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Rows of values in which every two values of different factors meet at least once, unless they
 * exclude each other: far fewer rows than combinations, and most faults need but two values.
 */
final class CoveringArray {
  private static final int CANDIDATES = 12;

  private final List<Factor> factors;
  private final BiPredicate<Choice, Choice> excludes;

  /** A setting and the values that it may have. */
  record Factor(String name, List<String> values) {
    static Factor of(String name, String... values) {
      return new Factor(name, List.of(values));
    }
  }

  /** One value of one factor. */
  record Choice(String factor, String value) {}

  /** Two values of different factors, in the order of the factors. */
  record Meeting(Choice first, Choice second) {}

  /**
   * @param factors those first on which others depend
   * @param excludes whether two values cannot stand in one row; called in the order of the factors
   */
  CoveringArray(List<Factor> factors, BiPredicate<Choice, Choice> excludes) {
    this.factors = List.copyOf(factors);
    this.excludes = excludes;
  }

  /** Every two values that may stand in one row. */
  Set<Meeting> possible() {
    return meetings(false);
  }

  /** Every two values that may not. */
  Set<Meeting> excluded() {
    return meetings(true);
  }

  private Set<Meeting> meetings(boolean excluded) {
    Set<Meeting> meetings = new LinkedHashSet<>();
    for (int i = 0; i < factors.size(); i++) {
      for (int j = i + 1; j < factors.size(); j++) {
        for (Choice first : choices(factors.get(i))) {
          for (Choice second : choices(factors.get(j))) {
            if (excludes.test(first, second) == excluded) {
              meetings.add(new Meeting(first, second));
            }
          }
        }
      }
    }
    return meetings;
  }

  /** Rows, each with a value for every factor; the same for the same seed. */
  List<Map<String, String>> rows(long seed) {
    Random random = new Random(seed);
    Set<Meeting> open = possible();
    List<Map<String, String>> rows = new ArrayList<>();
    while (!open.isEmpty()) {
      Meeting next = open.iterator().next();
      Set<Meeting> best = Set.of();
      Map<String, String> row = Map.of();
      for (int candidate = 0; candidate < CANDIDATES; candidate++) {
        Optional<Map<String, String>> filled = fill(next, open, random);
        Set<Meeting> met = new LinkedHashSet<>();
        filled.ifPresent(values -> met.addAll(meetingsOf(values)));
        met.retainAll(open);
        if (met.size() > best.size()) {
          best = met;
          row = filled.orElseThrow();
        }
      }
      if (best.isEmpty()) {
        throw new IllegalStateException("no row can hold " + next);
      }
      open.removeAll(best);
      rows.add(row);
    }
    return rows;
  }

  /** A row around two values: for each factor the value that makes the most new meetings. */
  private Optional<Map<String, String>> fill(Meeting start, Set<Meeting> open, Random random) {
    Map<String, Choice> row = new LinkedHashMap<>();
    row.put(start.first().factor(), start.first());
    row.put(start.second().factor(), start.second());
    for (Factor factor : factors) {
      if (row.containsKey(factor.name())) {
        continue;
      }
      List<Choice> choices = new ArrayList<>(choices(factor));
      Collections.shuffle(choices, random);
      Optional<Choice> best = Optional.empty();
      long most = -1;
      for (Choice choice : choices) {
        long met = 0;
        boolean fits = true;
        for (Choice other : row.values()) {
          Meeting meeting = ordered(choice, other);
          fits &= !excludes.test(meeting.first(), meeting.second());
          met += open.contains(meeting) ? 1 : 0;
        }
        if (fits && met > most) {
          most = met;
          best = Optional.of(choice);
        }
      }
      if (best.isEmpty()) {
        return Optional.empty();
      }
      row.put(factor.name(), best.get());
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Factor factor : factors) {
      values.put(factor.name(), Objects.requireNonNull(row.get(factor.name())).value());
    }
    return Optional.of(values);
  }

  /** The meetings of a row. */
  Set<Meeting> meetingsOf(Map<String, String> row) {
    List<Choice> choices =
        factors.stream()
            .map(one -> new Choice(one.name(), row.getOrDefault(one.name(), "")))
            .toList();
    Set<Meeting> meetings = new LinkedHashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = i + 1; j < choices.size(); j++) {
        meetings.add(new Meeting(choices.get(i), choices.get(j)));
      }
    }
    return meetings;
  }

  private Meeting ordered(Choice one, Choice other) {
    return position(one) < position(other) ? new Meeting(one, other) : new Meeting(other, one);
  }

  private int position(Choice choice) {
    for (int i = 0; i < factors.size(); i++) {
      if (factors.get(i).name().equals(choice.factor())) {
        return i;
      }
    }
    throw new IllegalArgumentException("no factor " + choice.factor());
  }

  private static List<Choice> choices(Factor factor) {
    return factor.values().stream().map(value -> new Choice(factor.name(), value)).toList();
  }
}
