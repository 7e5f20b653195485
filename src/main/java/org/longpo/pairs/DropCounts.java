package org.longpo.pairs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.longpo.error.UserError;

/**
 * How many pairs were dropped for which reason; in JSON an object with the reasons as keys.
 *
 * @param byReason in the order of {@link DropReason}; only reasons that occurred
 */
public record DropCounts(@JsonValue Map<DropReason, Integer> byReason) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DropCounts {
    Map<DropReason, Integer> sorted = new EnumMap<>(DropReason.class);
    sorted.putAll(byReason);
    if (sorted.values().stream().anyMatch(count -> count == null || count < 1)) {
      throw new IllegalArgumentException("counts must be 1 or more: " + byReason);
    }
    byReason = Collections.unmodifiableMap(sorted);
  }

  public static DropCounts none() {
    return new DropCounts(Map.of());
  }

  /** One more for a reason. */
  public DropCounts plus(DropReason reason) {
    return plus(new DropCounts(Map.of(reason, 1)));
  }

  /** The sum of both. */
  public DropCounts plus(DropCounts other) {
    Map<DropReason, Integer> sum = new EnumMap<>(DropReason.class);
    sum.putAll(byReason);
    other.byReason.forEach((reason, count) -> sum.merge(reason, count, Integer::sum));
    return new DropCounts(sum);
  }

  /** All pairs that were dropped. */
  public int total() {
    return byReason.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The reason that dropped most pairs; empty if none was dropped. */
  Optional<DropReason> mostFrequent() {
    return byReason.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** "3 x an answer is a refusal; 1 x both answers are the same". */
  public String sentence() {
    return sentence(reason -> "");
  }

  private String sentence(Function<DropReason, String> example) {
    return byReason.entrySet().stream()
        .map(
            entry ->
                entry.getValue()
                    + " x "
                    + entry.getKey().sentence()
                    + example.apply(entry.getKey()))
        .collect(Collectors.joining("; "));
  }

  /**
   * The error of a run in which no pair survived; the most frequent reason has an example.
   *
   * @param file that holds all examples
   */
  public UserError noPairSurvived(DropExamples examples, Path file) {
    if (byReason.isEmpty()) {
      return new UserError(
          "No pair was made: no document gave a chunk; give longer documents, or a smaller --length"
              + " or --min-chunk-fill, with a new --out.");
    }
    return new UserError(
        "No pair survived: "
            + sentence(
                reason ->
                    mostFrequent().equals(Optional.of(reason)) ? shown(examples.of(reason)) : "")
            + "; use another model, or "
            + byReason.keySet().stream()
                .map(DropReason::remedy)
                .distinct()
                .collect(Collectors.joining(", "))
            + ", with a new --out ("
            + file.getFileName()
            + " in this one has an example of each reason).");
  }

  private static String shown(Optional<DropExample> example) {
    return example
        .map(
            pair ->
                " (for example \""
                    + pair.chosen().orElse(pair.instruction()).replaceAll("\\s+", " ")
                    + "\")")
        .orElse("");
  }
}
