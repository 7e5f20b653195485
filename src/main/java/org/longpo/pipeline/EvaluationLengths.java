package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Task;

/**
 * Context lengths to evaluate at, checked before anything is written: those given, those with which
 * the run began, or defaults.
 *
 * @param tasks all that there are: one of an earlier run may not be run now
 * @param context the model's, in tokens
 * @param warnings receives sentences about default lengths that are left out
 */
public record EvaluationLengths(
    EvaluationCheck check, List<Task<?>> tasks, int context, Consumer<String> warnings) {
  /** Defaults are multiples of this share of the context. */
  private static final int STEPS_OF_CONTEXT = 32;

  /**
   * The settings with these lengths. Tasks that have begun were checked at their beginning.
   *
   * @param given empty: those of the run in the folder; if there is none, the defaults into which
   *     the questions fit and which the documents fill, without a check of memory
   * @throws UserError if a given length is not possible, or none of the defaults, or memory does
   *     not suffice
   */
  public EvaluationSettings choose(
      Optional<List<Integer>> given,
      Path run,
      Function<List<Integer>, EvaluationSettings> settings) {
    EvaluationFolder folder = new EvaluationFolder(run, tasks);
    List<Integer> begun = folder.begunLengths();
    Optional<List<Integer>> known = given.or(() -> Optional.of(begun).filter(l -> !l.isEmpty()));
    EvaluationSettings chosen =
        known.map(settings).orElseGet(() -> settings.apply(possibleDefaults(settings)));
    Set<String> begunTasks = folder.begunTasks();
    check.requireMemory(chosen, begunTasks);
    if (known.isPresent()) {
      check.inputs().require(chosen, begunTasks);
    }
    return chosen;
  }

  private List<Integer> possibleDefaults(Function<List<Integer>, EvaluationSettings> settings) {
    EvaluationSettings none = settings.apply(List.of());
    // These errors do not depend on lengths.
    check.inputs().requireWithoutLengths(none);
    if (!check.inputs().hasLongContexts()) {
      return List.of();
    }
    int answer = none.answerTokens();
    List<Integer> possible = new ArrayList<>();
    List<UserError> refusals = new ArrayList<>();
    for (int length : defaults(context, answer, check.writtenTokens(answer))) {
      try {
        check.inputs().requireLongContexts(settings.apply(List.of(length)));
        possible.add(length);
      } catch (UserError e) {
        refusals.add(e);
        warnings.accept(
            String.format(
                Locale.ROOT, "contexts of %,d tokens are left out: %s", length, e.getMessage()));
      }
    }
    if (possible.isEmpty()) {
      throw new UserError(
          "None of the default lengths can be evaluated; give --lengths that can."
              + refusals.stream().findFirst().map(e -> " " + e.getMessage()).orElse(""));
    }
    return possible;
  }

  /**
   * A quarter, half, and all of the context without the tokens of the answer, in round numbers.
   *
   * @param answerTokens of an answer at most
   * @param writtenTokens the same with the reasoning before it
   */
  static List<Integer> defaults(int context, int answerTokens, int writtenTokens) {
    int step = Math.max(1, context / STEPS_OF_CONTEXT);
    return Stream.of(context / 4, context / 2, context - writtenTokens)
        .map(length -> length / step * step)
        .filter(length -> length > answerTokens && length <= context - writtenTokens)
        .sorted()
        .distinct()
        .toList();
  }
}
