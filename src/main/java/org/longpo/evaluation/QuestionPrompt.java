package org.longpo.evaluation;

import org.longpo.error.UserError;

/**
 * A user's message about a text.
 *
 * @param template has {@code {context}} and, after it, {@code {question}}, each once. The question
 *     comes last so that all questions share the context before it
 */
public record QuestionPrompt(String template) {
  private static final String CONTEXT = "{context}";
  private static final String QUESTION = "{question}";

  public QuestionPrompt {
    int context = Placeholder.only(template, CONTEXT);
    int question = Placeholder.only(template, QUESTION);
    if (question < context) {
      throw new UserError(
          "the prompt '"
              + template
              + "' has {question} before {context}: {context} must come first.");
    }
  }

  public static QuestionPrompt aboutNeedles() {
    return new QuestionPrompt(
        "Read the following text. It mentions some access codes, and you will be asked for one of"
            + " them.\n\n{context}\n\n{question}");
  }

  public static QuestionPrompt aboutPassage() {
    return new QuestionPrompt(
        "Read the following text and answer the question about it.\n\n{context}\n\n"
            + "Question: {question}\nAnswer in as few words as possible.");
  }

  /** The message. Placeholders within the context or the question stay as they are. */
  public String message(String context, String question) {
    int contextAt = template.indexOf(CONTEXT);
    int questionAt = template.indexOf(QUESTION);
    return template.substring(0, contextAt)
        + context
        + template.substring(contextAt + CONTEXT.length(), questionAt)
        + question
        + template.substring(questionAt + QUESTION.length());
  }
}
