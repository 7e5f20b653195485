package org.longpo.evaluation.tasks;

import org.longpo.evaluation.Placeholder;
import org.longpo.evaluation.QuestionPrompt;

/**
 * The words of a needle.
 *
 * @param statement what is hidden, with {@code {key}} and {@code {value}}
 * @param question asks for the value of {@code {key}}
 * @param prompt how the question is asked
 */
public record NeedleWording(String statement, String question, QuestionPrompt prompt) {
  private static final String KEY = "{key}";
  private static final String VALUE = "{value}";

  public static final NeedleWording DEFAULTS =
      new NeedleWording(
          "The access code of {key} is {value}.",
          "What is the access code of {key}?",
          QuestionPrompt.aboutNeedles());

  public NeedleWording {
    Placeholder.only(statement, KEY);
    Placeholder.only(statement, VALUE);
    Placeholder.only(question, KEY);
  }

  public String state(Needle needle) {
    return statement.replace(KEY, needle.key()).replace(VALUE, needle.value());
  }

  public String ask(Needle needle) {
    return question.replace(KEY, needle.key());
  }
}
