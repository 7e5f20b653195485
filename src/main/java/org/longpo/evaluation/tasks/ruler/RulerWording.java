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
 */
record RulerWording(
    Haystack haystack,
    Needles needles,
    Variables variables,
    CommonWords commonWords,
    FrequentWords frequentWords,
    Questions questions) {
  /** The line that a haystack of noise repeats, in {@code niah.py} and others. */
  static final String NOISE =
      "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again.";

  private static final String OWN = "RULER's own";
  private static final String ANSWER = "How the answer begins; may be empty.";
  private static final String TOKENS = "Tokens that an answer may have.";

  /** RULER's own words. */
  static final RulerWording RULER = OptionRecords.of(RulerWording.class, Map.of());

  private static final Schema SCHEMA = Schema.of(Variants.NONE, RulerWording.class);

  /**
   * What contexts are made of.
   *
   * @param noise the line that a haystack of noise repeats
   * @param between what stands between two lines of noise or needles
   * @param needle the sentence that is hidden
   * @param key how two words become a needle's key
   * @param document the line above a document; empty: there is none
   */
  record Haystack(
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
              defaultValue = "Document {number}:",
              type = AnyTextType.class,
              meaning = "The line above a document; where it is empty, there is none.")
          String document) {
    Haystack {
      OptionChecks.require(Haystack.class, noise, between, needle, key, document);
    }

    /** A document under its heading. */
    String headed(int number, String text) {
      String heading = KindWording.filled(document, Map.of("number", String.valueOf(number)));
      return heading.isEmpty() ? text : heading + "\n" + text;
    }
  }

  /** The prompt of the needles' tasks, how its answer begins, and its limit. */
  record Needles(
      @Option(
              defaultText = OWN,
              type = PromptType.class,
              meaning = "The prompt of the needles' tasks.")
          Optional<String> needlesPrompt,
      @Option(defaultText = OWN, type = AnyTextType.class, meaning = ANSWER)
          Optional<String> needlesAnswer,
      @Option(defaultText = OWN, meaning = TOKENS) @Range(from = 1)
          Optional<Integer> needlesAnswerTokens) {
    Needles {
      OptionChecks.require(Needles.class, needlesPrompt, needlesAnswer, needlesAnswerTokens);
    }
  }

  /** The prompt of variable tracking, how its answer begins, and its limit. */
  record Variables(
      @Option(
              defaultText = OWN,
              type = PromptType.class,
              meaning = "The prompt of variable tracking.")
          Optional<String> variablesPrompt,
      @Option(defaultText = OWN, type = AnyTextType.class, meaning = ANSWER)
          Optional<String> variablesAnswer,
      @Option(defaultText = OWN, meaning = TOKENS) @Range(from = 1)
          Optional<Integer> variablesAnswerTokens) {
    Variables {
      OptionChecks.require(
          Variables.class, variablesPrompt, variablesAnswer, variablesAnswerTokens);
    }
  }

  /** The prompt of common words, how its answer begins, and its limit. */
  record CommonWords(
      @Option(
              defaultText = OWN,
              type = ListPromptType.class,
              meaning = "The prompt of common words.")
          Optional<String> commonWordsPrompt,
      @Option(defaultText = OWN, type = AnyTextType.class, meaning = ANSWER)
          Optional<String> commonWordsAnswer,
      @Option(defaultText = OWN, meaning = TOKENS) @Range(from = 1)
          Optional<Integer> commonWordsAnswerTokens) {
    CommonWords {
      OptionChecks.require(
          CommonWords.class, commonWordsPrompt, commonWordsAnswer, commonWordsAnswerTokens);
    }
  }

  /** The prompt of frequent words, how its answer begins, and its limit. */
  record FrequentWords(
      @Option(
              defaultText = OWN,
              type = ListPromptType.class,
              meaning = "The prompt of frequent words.")
          Optional<String> frequentWordsPrompt,
      @Option(defaultText = OWN, type = AnyTextType.class, meaning = ANSWER)
          Optional<String> frequentWordsAnswer,
      @Option(defaultText = OWN, meaning = TOKENS) @Range(from = 1)
          Optional<Integer> frequentWordsAnswerTokens) {
    FrequentWords {
      OptionChecks.require(
          FrequentWords.class, frequentWordsPrompt, frequentWordsAnswer, frequentWordsAnswerTokens);
    }
  }

  /** The prompt of questions about documents, how its answer begins, and its limit. */
  record Questions(
      @Option(
              defaultText = OWN,
              type = PromptType.class,
              meaning = "The prompt of questions about documents.")
          Optional<String> questionsPrompt,
      @Option(defaultText = OWN, type = AnyTextType.class, meaning = ANSWER)
          Optional<String> questionsAnswer,
      @Option(defaultText = OWN, meaning = TOKENS) @Range(from = 1)
          Optional<Integer> questionsAnswerTokens) {
    Questions {
      OptionChecks.require(
          Questions.class, questionsPrompt, questionsAnswer, questionsAnswerTokens);
    }
  }

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

  /**
   * Reads a file of keys and values, in YAML.
   *
   * @throws org.longpo.error.UserError naming file and line for an unknown key or a wrong value
   */
  static RulerWording read(Path file) {
    return new OptionValues(SCHEMA, OptionFile.read(file, SCHEMA.keys()), Map.of())
        .read(RulerWording.class);
  }

  /** The words of a kind. */
  KindWording of(RulerKind kind) {
    KindWording own = kind.own();
    return switch (kind) {
      case NEEDLES ->
          own.with(needles.needlesPrompt(), needles.needlesAnswer(), needles.needlesAnswerTokens());
      case VARIABLES ->
          own.with(
              variables.variablesPrompt(),
              variables.variablesAnswer(),
              variables.variablesAnswerTokens());
      case COMMON_WORDS ->
          own.with(
              commonWords.commonWordsPrompt(),
              commonWords.commonWordsAnswer(),
              commonWords.commonWordsAnswerTokens());
      case FREQUENT_WORDS ->
          own.with(
              frequentWords.frequentWordsPrompt(),
              frequentWords.frequentWordsAnswer(),
              frequentWords.frequentWordsAnswerTokens());
      case QUESTIONS ->
          own.with(
              questions.questionsPrompt(),
              questions.questionsAnswer(),
              questions.questionsAnswerTokens());
    };
  }
}
