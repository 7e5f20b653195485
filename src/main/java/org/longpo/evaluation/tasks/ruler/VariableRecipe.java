package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RULER's variable tracking ({@code variable_tracking.py}) with one chain of four hops: a variable
 * gets a value, each of four others the one before it, among lines of noise; all five are asked
 * for. A shorter example with its answer comes before.
 */
record VariableRecipe() implements Recipe {
  private static final int HOPS = 4;
  private static final int SMALLEST_VALUE = 10_000;
  private static final int VALUES_END = 99_999;

  private static final int NAME_LETTERS = 5;
  private static final int EXAMPLE_NAME_LETTERS = 3;

  /** Tokens of the example's text at most, its answer not counted. */
  private static final int EXAMPLE_TOKENS = 500;

  @Override
  public Growing draw(Draw draw) {
    String example = example(draw);
    Chain chain = Chain.draw(draw, "chain", NAME_LETTERS);
    return new Growing() {
      @Override
      public int smallest() {
        return chain.lines().size();
      }

      @Override
      public RulerSample sample(int size) {
        RulerSample alone = chain.sample(size);
        return new RulerSample(example + alone.input(), alone.answerPrefix(), alone.outputs());
      }
    };
  }

  /** The example as it stands before the task, with the answer and an empty line at its end. */
  private static String example(Draw draw) {
    Chain chain = Chain.draw(draw, "example", EXAMPLE_NAME_LETTERS);
    RulerSample sample =
        new LengthSearch<>(
                EXAMPLE_TOKENS,
                chain::sample,
                made -> draw.prompts().countTokens(made.input() + made.answerPrefix()))
            .largest(chain.lines().size())
            // Where a tokenizer makes many tokens of words; the whole prompt is counted all the
            // same.
            .orElseGet(() -> chain.sample(chain.lines().size()));
    return sample.input()
        + sample.answerPrefix()
        + " "
        + String.join(" ", sample.outputs())
        + "\n\n";
  }

  /**
   * Variables that have one value.
   *
   * @param lines one assignment each, in their order
   */
  record Chain(
      Draw draw, String purpose, String value, List<String> variables, List<String> lines) {
    static Chain draw(Draw draw, String purpose, int letters) {
      Random random = draw.random(purpose);
      List<String> variables =
          Stream.generate(() -> name(random, letters)).distinct().limit(HOPS + 1L).toList();
      String value = String.valueOf(random.nextInt(SMALLEST_VALUE, VALUES_END));
      return new Chain(draw, purpose, value, variables, lines(variables, value));
    }

    /** As in the original, a space ends the assignments of variables. */
    private static List<String> lines(List<String> variables, String value) {
      List<String> lines = new ArrayList<>();
      lines.add("VAR " + variables.getFirst() + " = " + value);
      for (int i = 1; i < variables.size(); i++) {
        lines.add("VAR " + variables.get(i) + " = VAR " + variables.get(i - 1) + " ");
      }
      return lines;
    }

    private static String name(Random random, int letters) {
      return random
          .ints(letters, 'A', 'Z' + 1)
          .mapToObj(Character::toString)
          .collect(Collectors.joining());
    }

    /** The chain among so many lines of noise. */
    RulerSample sample(int noise) {
      List<Integer> places =
          draw.distinct(lines.size(), noise, purpose + " places").stream().sorted().toList();
      String context =
          String.join("\n", ContextLines.hide(ContextLines.noise(noise), lines, places));
      return RulerKind.VARIABLES.sample(
          Map.of(
              "context", context,
              "query", value,
              "num_v", String.valueOf(variables.size())),
          variables);
    }
  }
}
