package org.longpo.evaluation.tasks.ruler;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.Placeholder;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionFile;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.ValueType;
import org.longpo.settings.Variants;

/**
 * The words of RULER's tasks: a user's file may replace them, for models of another language. What
 * it does not name stays RULER's own.
 *
 * @param noise the line that a haystack of noise repeats
 * @param between what stands between two lines of noise or needles
 * @param needle the sentence that is hidden
 * @param key how two words become a needle's key
 */
@SuppressWarnings("LineLength")
record RulerWording(
    @Option(defaultValue = NOISE, meaning = "The line that a haystack of noise repeats.")
        String noise,
    @Option(
            defaultValue = "\n",
            type = AnyTextType.class,
            meaning = "What stands between two lines of noise or needles.")
        String between,
    @Option(
            defaultValue = "One of the special magic {type_needle_v} for {key} is: {value}.",
            type = StatementType.class,
            meaning = "A needle.")
        String needle,
    @Option(
            defaultValue = "{first}-{second}",
            type = KeyType.class,
            meaning = "A needle's key, of two words.")
        String key,
    @Option(
            defaultText = OWN,
            type = PromptType.class,
            meaning = "The prompt of the needles' tasks.")
        Optional<String> needlesPrompt,
    @Option(
            defaultText = OWN,
            type = AnyTextType.class,
            meaning = "How their answer begins; may be empty.")
        Optional<String> needlesAnswer,
    @Option(defaultText = OWN, meaning = "Tokens that their answer may have.") @Range(from = 1)
        Optional<Integer> needlesAnswerTokens,
    @Option(
            defaultText = OWN,
            type = PromptType.class,
            meaning = "The prompt of variable tracking.")
        Optional<String> variablesPrompt,
    @Option(
            defaultText = OWN,
            type = AnyTextType.class,
            meaning = "How its answer begins; may be empty.")
        Optional<String> variablesAnswer,
    @Option(defaultText = OWN, meaning = "Tokens that its answer may have.") @Range(from = 1)
        Optional<Integer> variablesAnswerTokens,
    @Option(defaultText = OWN, type = ListPromptType.class, meaning = "The prompt of common words.")
        Optional<String> commonWordsPrompt,
    @Option(
            defaultText = OWN,
            type = AnyTextType.class,
            meaning = "How their answer begins; may be empty.")
        Optional<String> commonWordsAnswer,
    @Option(defaultText = OWN, meaning = "Tokens that their answer may have.") @Range(from = 1)
        Optional<Integer> commonWordsAnswerTokens,
    @Option(
            defaultText = OWN,
            type = ListPromptType.class,
            meaning = "The prompt of frequent words.")
        Optional<String> frequentWordsPrompt,
    @Option(
            defaultText = OWN,
            type = AnyTextType.class,
            meaning = "How their answer begins; may be empty.")
        Optional<String> frequentWordsAnswer,
    @Option(defaultText = OWN, meaning = "Tokens that their answer may have.") @Range(from = 1)
        Optional<Integer> frequentWordsAnswerTokens,
    @Option(
            defaultText = OWN,
            type = PromptType.class,
            meaning = "The prompt of questions about documents.")
        Optional<String> questionsPrompt,
    @Option(
            defaultText = OWN,
            type = AnyTextType.class,
            meaning = "How their answer begins; may be empty.")
        Optional<String> questionsAnswer,
    @Option(defaultText = OWN, meaning = "Tokens that their answer may have.") @Range(from = 1)
        Optional<Integer> questionsAnswerTokens,
    @Option(
            defaultValue = "Document {number}:",
            type = AnyTextType.class,
            meaning = "The line above a document; where it is empty, there is none.")
        String document) {
  /** {@code variable_tracking.py}, {@code niah.py}. */
  static final String NOISE =
      "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again.";

  private static final String OWN = "RULER's own";

  /** RULER's own words. */
  static final RulerWording RULER = OptionRecords.of(RulerWording.class, Map.of());

  private static final Schema SCHEMA = Schema.of(Variants.NONE, RulerWording.class);

  static final class StatementType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type("a sentence with {key} and {value}, each once", "{key}", "{value}");
    }
  }

  static final class KeyType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type(
          "a text with {first}, and with {second} where it is wanted", "{first}");
    }
  }

  static final class PromptType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type(
          "a text with {context} and {query}, each once", "{context}", "{query}");
    }
  }

  static final class ListPromptType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return Placeholder.type("a text with {context} once", "{context}");
    }
  }

  static final class AnyTextType implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return new ValueType<>(
          "TEXT",
          "a text, which may be empty",
          List.of(),
          ValueType.Shape.SCALAR,
          words -> words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty(),
          text -> text);
    }
  }

  RulerWording {
    OptionChecks.require(
        RulerWording.class,
        noise,
        between,
        needle,
        key,
        needlesPrompt,
        needlesAnswer,
        needlesAnswerTokens,
        variablesPrompt,
        variablesAnswer,
        variablesAnswerTokens,
        commonWordsPrompt,
        commonWordsAnswer,
        commonWordsAnswerTokens,
        frequentWordsPrompt,
        frequentWordsAnswer,
        frequentWordsAnswerTokens,
        questionsPrompt,
        questionsAnswer,
        questionsAnswerTokens,
        document);
  }

  /**
   * Reads a file of keys and values, in YAML.
   *
   * @throws org.longpo.error.UserError naming file and line for an unknown key or a wrong value
   */
  static RulerWording read(Path file) {
    return new OptionValues(SCHEMA, OptionFile.read(file, SCHEMA.keys()), Map.of())
        .read(RulerWording.class);
  }

  /** A document under its heading. */
  String headed(int number, String text) {
    String heading = KindWording.filled(document, Map.of("number", String.valueOf(number)));
    return heading.isEmpty() ? text : heading + "\n" + text;
  }

  /** The words of a kind. */
  KindWording of(RulerKind kind) {
    return switch (kind) {
      case NEEDLES -> kind.own().with(needlesPrompt, needlesAnswer, needlesAnswerTokens);
      case VARIABLES -> kind.own().with(variablesPrompt, variablesAnswer, variablesAnswerTokens);
      case COMMON_WORDS ->
          kind.own().with(commonWordsPrompt, commonWordsAnswer, commonWordsAnswerTokens);
      case FREQUENT_WORDS ->
          kind.own().with(frequentWordsPrompt, frequentWordsAnswer, frequentWordsAnswerTokens);
      case QUESTIONS -> kind.own().with(questionsPrompt, questionsAnswer, questionsAnswerTokens);
    };
  }
}
