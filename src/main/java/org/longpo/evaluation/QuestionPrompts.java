package org.longpo.evaluation;

import java.util.Comparator;
import java.util.List;

/** All questions about one context, as prompts of a model. */
public final class QuestionPrompts {
  private final TaskTokenizer tokenizer;
  private final QuestionPrompt wording;
  private final List<String> questions;
  private final String longest;

  public QuestionPrompts(TaskTokenizer tokenizer, QuestionPrompt wording, List<String> questions) {
    this.tokenizer = tokenizer;
    this.wording = wording;
    this.questions = List.copyOf(questions);
    this.longest =
        questions.stream()
            .max(Comparator.comparingInt(question -> prompt("", question).length))
            .orElseThrow();
  }

  public List<int[]> prompts(String context) {
    return questions.stream().map(question -> prompt(context, question)).toList();
  }

  /**
   * Tokens of the prompt with the question that is longest over an empty context; over another one
   * a tokenizer may, rarely, make a different one the longest.
   */
  public int longestPromptTokens(String context) {
    return prompt(context, longest).length;
  }

  private int[] prompt(String context, String question) {
    return tokenizer.prompt(wording.message(context, question));
  }
}
