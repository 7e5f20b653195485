package org.longpo.evaluation;

import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.settings.ValueType;

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

  /** How users write one: on one line, with \\n for line breaks. */
  public static final class Type implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return new ValueType<>(
          "TEXT",
          "a text with {context} and, after it, {question}, each once; \\n is a line break",
          List.of(),
          ValueType.Shape.SCALAR,
          words -> words.size() == 1 ? read(words.getFirst()) : Optional.empty(),
          prompt -> prompt.template().replace("\n", "\\n"));
    }

    private static Optional<QuestionPrompt> read(String word) {
      try {
        return Optional.of(new QuestionPrompt(word.replace("\\n", "\n")));
      } catch (UserError noPrompt) {
        return Optional.empty();
      }
    }
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
