package org.longpo.evaluation;

import java.util.Comparator;
import java.util.List;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/** All questions about one context, as prompts of a model. */
public final class QuestionPrompts {
  private final Prompts prompts;
  private final QuestionPrompt wording;
  private final List<String> questions;
  private final String longest;

  public QuestionPrompts(Prompts prompts, QuestionPrompt wording, List<String> questions) {
    this.prompts = prompts;
    this.wording = wording;
    this.questions = List.copyOf(questions);
    this.longest =
        questions.stream()
            .max(Comparator.comparingInt(question -> prompt("", question).length()))
            .orElseThrow();
  }

  public List<Prompt> prompts(String context) {
    return questions.stream().map(question -> prompt(context, question)).toList();
  }

  /**
   * Tokens of the prompt with the question that is longest over an empty context; over another one
   * a tokenizer may, rarely, make a different one the longest.
   */
  public int longestPromptTokens(String context) {
    return prompt(context, longest).length();
  }

  private Prompt prompt(String context, String question) {
    return prompts.of(wording.message(context, question));
  }
}
