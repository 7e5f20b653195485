package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.Collections;
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
    String example = solved(example(draw));
    Chain chain = Chain.draw(draw.random("chain"), NAME_LETTERS);
    return new Growing() {
      @Override
      public int smallest() {
        return chain.lines().size();
      }

      @Override
      public RulerSample sample(int size) {
        return hidden(chain, size, draw, "places").after(example);
      }
    };
  }

  /**
   * As large as its tokens allow; where a tokenizer makes many of few words, as small as can be.
   */
  private static RulerSample example(Draw draw) {
    Chain chain = Chain.draw(draw.random("example"), EXAMPLE_NAME_LETTERS);
    int smallest = chain.lines().size();
    return new LengthSearch<>(
            EXAMPLE_TOKENS,
            noise -> hidden(chain, noise, draw, "example places"),
            made -> draw.prompts().countTokens(made.input() + made.answerPrefix()))
        .largest(smallest)
        .orElseGet(() -> hidden(chain, smallest, draw, "example places"));
  }

  /** The example with its answer, as it stands before the task. */
  static String solved(RulerSample example) {
    return example.input()
        + example.answerPrefix()
        + " "
        + String.join(" ", example.outputs())
        + "\n\n";
  }

  private static RulerSample hidden(Chain chain, int noise, Draw draw, String purpose) {
    return chain.among(
        draw.wording(),
        noise,
        draw.distinct(chain.lines().size(), noise, purpose).stream().sorted().toList());
  }

  /**
   * Variables that have one value.
   *
   * @param variables in the order in which they get it
   */
  record Chain(String value, List<String> variables) {
    static Chain draw(Random random, int letters) {
      List<String> variables =
          Stream.generate(() -> name(random, letters)).distinct().limit(HOPS + 1L).toList();
      return new Chain(String.valueOf(random.nextInt(SMALLEST_VALUE, VALUES_END)), variables);
    }

    private static String name(Random random, int letters) {
      return random
          .ints(letters, 'A', 'Z' + 1)
          .mapToObj(Character::toString)
          .collect(Collectors.joining());
    }

    /** One assignment each; as in the original, a space ends those of variables. */
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("VAR " + variables.getFirst() + " = " + value);
      for (int i = 1; i < variables.size(); i++) {
        lines.add("VAR " + variables.get(i) + " = VAR " + variables.get(i - 1) + " ");
      }
      return lines;
    }

    /**
     * The chain among so many lines of noise.
     *
     * @param noise lines
     * @param places for every assignment the number of lines before it
     */
    RulerSample among(RulerWording wording, int noise, List<Integer> places) {
      List<String> lines = Collections.nCopies(noise, wording.haystack().noise());
      String context =
          String.join(wording.haystack().between(), ContextLines.hide(lines, lines(), places));
      return wording
          .of(RulerKind.VARIABLES)
          .sample(
              Map.of("context", context, "query", value, "num_v", String.valueOf(variables.size())),
              variables);
    }
  }
}
