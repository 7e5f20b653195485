package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.settings.Option;

/**
 * Which weights a run trains: all of the model's or, with LoRA, the adapters' alone; without those
 * that are frozen. A weight that is not trained has no gradient and no optimizer state.
 *
 * @param lora adapters; empty: the model's own weights are trained
 * @param freeze patterns over the names of what would be trained. {@code *} stands for any
 *     characters and {@code ?} for one; after {@code regex:} a regular expression. Either has to
 *     match the whole name
 */
public record Tuning(
    Optional<LoraSettings> lora,
    @Option(
            defaultText = "none",
            label = "PATTERN",
            meaning =
                "Weights that are not trained, by patterns over their names: * and ?, or regex: and"
                    + " a regular expression.")
        List<String> freeze) {
  /** Every weight of the model. */
  public static final Tuning FULL = new Tuning(Optional.empty(), List.of());

  private static final String REGULAR_EXPRESSION = "regex:";

  public Tuning {
    freeze = List.copyOf(freeze);
  }

  public static Tuning lora(LoraSettings settings) {
    return new Tuning(Optional.of(settings), List.of());
  }

  /**
   * The weights that are trained, in the order of the checkpoint.
   *
   * @throws UserError if a pattern matches none, or no weight is left to train
   */
  public List<ExpectedTensor> trained(ModelConfig config) {
    List<ExpectedTensor> candidates =
        lora.map(settings -> settings.tensors(config)).orElseGet(() -> ExpectedTensors.of(config));
    List<ExpectedTensor> left = new ArrayList<>(candidates);
    for (String pattern : freeze) {
      Predicate<String> matches = predicate(pattern);
      if (candidates.stream().noneMatch(weight -> matches.test(weight.name()))) {
        throw matchesNothing(pattern, candidates.stream().map(ExpectedTensor::name).toList());
      }
      left.removeIf(weight -> matches.test(weight.name()));
    }
    if (left.isEmpty()) {
      throw new UserError(
          "freeze "
              + freeze
              + " freezes every weight, so nothing would be trained; remove patterns.");
    }
    return left;
  }

  private static Predicate<String> predicate(String pattern) {
    if (pattern.startsWith(REGULAR_EXPRESSION)) {
      try {
        return Pattern.compile(pattern.substring(REGULAR_EXPRESSION.length())).asMatchPredicate();
      } catch (PatternSyntaxException e) {
        throw new UserError(
            "freeze has '%s', which is not a regular expression: %s near index %d."
                .formatted(pattern, e.getDescription(), e.getIndex()),
            e);
      }
    }
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(expression).asMatchPredicate();
  }

  private static UserError matchesNothing(String pattern, List<String> names) {
    List<String> left = new ArrayList<>(names);
    List<String> near = new ArrayList<>();
    while (near.size() < 3) {
      Optional<String> nearest = Nearest.to(pattern, left);
      if (nearest.isEmpty()) {
        break;
      }
      near.add(nearest.get());
      left.remove(nearest.get());
    }
    List<String> shown = near.isEmpty() ? List.of(names.getFirst(), "...", names.getLast()) : near;
    return new UserError(
        "freeze has '%s', which matches no weight that would be trained; %s %s."
            .formatted(
                pattern,
                near.isEmpty() ? "their names go from" : "near it are",
                String.join(near.isEmpty() ? " " : ", ", shown)));
  }
}
