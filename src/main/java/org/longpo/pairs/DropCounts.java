package org.longpo.pairs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
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

  /** "3 an answer is a refusal, 1 both answers are the same". */
  public String sentence() {
    return byReason.entrySet().stream()
        .map(entry -> entry.getValue() + " x " + entry.getKey().sentence())
        .collect(Collectors.joining("; "));
  }

  /** Of the reason that took most. */
  private String example(DropExamples examples) {
    return byReason.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .flatMap(most -> examples.of(most.getKey()))
        .map(
            example ->
                " (for example \""
                    + example.chosen().orElse(example.instruction()).replaceAll("\\s+", " ")
                    + "\")")
        .orElse("");
  }

  /** The error of a run in which no pair survived. */
  public UserError noPairSurvived(DropExamples examples) {
    return new UserError(
        byReason.isEmpty()
            ? "No pair was made: no document gave a chunk; give longer documents, or a smaller"
                + " --length or --min-chunk-fill."
            : "No pair survived: "
                + sentence()
                + "; use another model, or "
                + byReason.keySet().stream()
                    .map(DropReason::remedy)
                    .distinct()
                    .collect(Collectors.joining(", "))
                + example(examples)
                + ".");
  }
}
