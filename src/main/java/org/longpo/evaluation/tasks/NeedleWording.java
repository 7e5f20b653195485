package org.longpo.evaluation.tasks;

import java.util.Map;
import org.longpo.evaluation.Placeholder;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.settings.Option;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Section;
import org.longpo.settings.ValueType;

/**
 * The words of a needle.
 *
 * @param statement what is hidden, with {@code {key}} and {@code {value}}
 * @param question asks for the value of {@code {key}}
 * @param prompt how the question is asked
 */
@Section("Evaluation")
public record NeedleWording(
    @Option(
            name = "needle_statement",
            type = StatementType.class,
            defaultValue = "The access code of {key} is {value}.",
            meaning = "A needle: a sentence with {key} and {value}.")
        String statement,
    @Option(
            name = "needle_question",
            type = QuestionType.class,
            defaultValue = "What is the access code of {key}?",
            meaning = "The question for the value of {key}.")
        String question,
    @Option(
            name = "needle_prompt",
            type = QuestionPrompt.Type.class,
            defaultValue =
                "Read the following text. It mentions some access codes, and you will be asked for"
                    + " one of them.\\n\\n{context}\\n\\n{question}",
            meaning = "The prompt of the needle task; \\n is a line break.")
        QuestionPrompt prompt) {
  static final class StatementType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type("a sentence with {key} and {value}, each once", KEY, VALUE);
    }
  }

  static final class QuestionType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type("a question with {key} once", KEY);
    }
  }

  private static final String KEY = "{key}";
  private static final String VALUE = "{value}";

  public static final NeedleWording DEFAULTS = OptionRecords.of(NeedleWording.class, Map.of());

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
