package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evolve.EvaluateStage;
import org.longpo.evolve.ModelChoice;

/**
 * Context lengths to evaluate at, checked before anything is written: those given, or defaults.
 *
 * @param isBegun whether the run goes on, so that given lengths were checked at its beginning
 */
record EvaluationLengths(
    ModelChoice model, EvaluationInputs inputs, boolean isBegun, Console console) {
  /** Defaults are multiples of so small a share of the context. */
  private static final int STEPS_OF_CONTEXT = 32;

  /**
   * The settings with these lengths.
   *
   * @param given empty: the defaults that the questions fit into and the documents fill
   * @throws UserError if a given length is not possible, or none of the defaults
   */
  EvaluationSettings check(
      Optional<List<Integer>> given, Function<List<Integer>, EvaluationSettings> settings) {
    if (given.isPresent()) {
      EvaluationSettings all = settings.apply(given.get());
      if (!isBegun) {
        check(all);
      }
      return all;
    }
    // What is wrong without any haystack is no matter of lengths.
    int writtenTokens = check(settings.apply(List.of()));
    int context = ModelConfig.read(model.folder()).maxPositionEmbeddings();
    List<Integer> possible = new ArrayList<>();
    List<UserError> refusals = new ArrayList<>();
    for (int length : defaults(context, settings.apply(List.of()).maxNewTokens(), writtenTokens)) {
      try {
        check(settings.apply(List.of(length)));
        possible.add(length);
      } catch (UserError e) {
        refusals.add(e);
        console.warn(
            String.format(
                Locale.ROOT, "contexts of %,d tokens are left out: %s", length, e.getMessage()));
      }
    }
    if (possible.isEmpty()) {
      throw new UserError(
          "None of the default lengths can be evaluated; give --lengths that can."
              + refusals.stream().findFirst().map(e -> " " + e.getMessage()).orElse(""));
    }
    return settings.apply(possible);
  }

  /**
   * A quarter, half, and all of the context but what is written, in round numbers.
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

  private int check(EvaluationSettings settings) {
    return new EvaluateStage(model, settings)
        .check(inputs, console.progress(), console.cancellation());
  }
}
