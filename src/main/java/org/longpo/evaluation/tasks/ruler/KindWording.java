package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words in which a kind of tasks is asked, with placeholders.
 *
 * @param answerTokens the limit of an answer in tokens, RULER's {@code tokens_to_generate}
 * @param prompt what the user says
 * @param answer how the model's answer begins
 * @param singular both where one value is asked for
 */
record KindWording(int answerTokens, String prompt, String answer, UnaryOperator<String> singular) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  /** RULER's own, in English: {@code niah.py} makes the singular by replacing parts of words. */
  static KindWording english(int answerTokens, String prompt, String answer) {
    return new KindWording(
        answerTokens,
        prompt,
        answer,
        text -> text.replace("Some", "A").replace("are all", "is").replace("are", "is"));
  }

  /** With other words, which are the same where one value is asked for. */
  KindWording with(
      Optional<String> otherPrompt, Optional<String> otherAnswer, Optional<Integer> otherTokens) {
    return new KindWording(
        otherTokens.orElse(answerTokens),
        otherPrompt.orElse(prompt),
        otherAnswer.orElse(answer),
        text -> otherPrompt.or(() -> otherAnswer).isPresent() ? text : singular.apply(text));
  }

  /**
   * A sample with its placeholders replaced; those within a value stay as they are.
   *
   * @param values by the names of the placeholders
   */
  RulerSample sample(Map<String, String> values, List<String> outputs) {
    return new RulerSample(filled(prompt, values), filled(answer, values), outputs);
  }

  /** As {@link #sample}, where one value is hidden and asked for. */
  RulerSample singularSample(Map<String, String> values, List<String> outputs) {
    return new RulerSample(
        filled(singular.apply(prompt), values), filled(singular.apply(answer), values), outputs);
  }

  /** The words with what stands for their placeholders. */
  static String filled(String wording, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(wording)
        .replaceAll(
            name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
  }
}
