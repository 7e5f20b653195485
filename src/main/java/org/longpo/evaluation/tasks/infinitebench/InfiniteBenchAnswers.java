package org.longpo.evaluation.tasks.infinitebench;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.longpo.evaluation.longtext.AnswerKey;
import org.longpo.evaluation.scoring.InfiniteBenchNumbers;
import org.longpo.files.JsonRow;
import tools.jackson.databind.JsonNode;

/**
 * What counts as right in a row of InfiniteBench ({@code get_answer} of its {@code
 * src/eval_utils.py}): the field {@code answer}, of one value or a list.
 */
final class InfiniteBenchAnswers {
  private static final String ANSWER = "answer";
  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  /** Scores an answer to a question with options. */
  @FunctionalInterface
  interface Choice {
    boolean isRight(String answer, String option, String letter);
  }

  private InfiniteBenchAnswers() {}

  /** One text; the first one of a list. */
  static AnswerKey text(JsonRow row, BiPredicate<String, String> isRight) {
    List<String> texts = row.texts(ANSWER, 1);
    return key(texts, answer -> share(isRight.test(answer, texts.getFirst())));
  }

  /** Any of some texts. */
  static AnswerKey references(JsonRow row, ToDoubleBiFunction<String, List<String>> score) {
    List<String> texts = row.texts(ANSWER, 1);
    return key(texts, answer -> score.applyAsDouble(answer, texts));
  }

  /** The text of one of four options, alone or with its letter after it. */
  static AnswerKey choice(JsonRow row, Choice choice) {
    List<String> given = row.texts(ANSWER, 1);
    String option = given.getFirst();
    String letter;
    if (given.size() == 2 && LETTERS.contains(given.getLast())) {
      letter = given.getLast();
    } else {
      int number = row.texts("options", LETTERS.size()).indexOf(option);
      if (given.size() != 1 || number < 0 || number >= LETTERS.size()) {
        throw row.refused(ANSWER, "the text of one of the four options, or that and its letter");
      }
      letter = LETTERS.get(number);
    }
    return key(List.of(option, letter), answer -> share(choice.isRight(answer, option, letter)));
  }

  /** A whole number that the answer ends with. */
  static AnswerKey lastInteger(JsonRow row) {
    JsonNode number = first(row);
    if (!isWhole(number)) {
      throw row.refused(ANSWER, "a whole number");
    }
    long expected = number.longValue();
    return key(
        List.of(number.toString()),
        answer -> share(InfiniteBenchNumbers.isLastWord(answer, expected)));
  }

  /** A number, whole or with decimals. */
  static AnswerKey firstNumber(JsonRow row) {
    JsonNode number = first(row);
    if (!isWhole(number) && !number.isFloatingPointNumber()) {
      throw row.refused(ANSWER, "a number");
    }
    return key(
        List.of(number.toString()),
        answer ->
            share(
                isWhole(number)
                    ? InfiniteBenchNumbers.isFirstInteger(answer, number.longValue())
                    : InfiniteBenchNumbers.isFirstDecimal(answer, number.doubleValue())));
  }

  /** Whole numbers; the list may stand in a list. */
  static AnswerKey values(JsonRow row) {
    JsonNode first = first(row);
    JsonNode list = first.isArray() ? first : row.value(ANSWER, "a list of whole numbers");
    if (!list.isArray()
        || list.isEmpty()
        || !list.values().stream().allMatch(InfiniteBenchAnswers::isWhole)) {
      throw row.refused(ANSWER, "a list of whole numbers");
    }
    List<Long> expected = list.values().stream().map(JsonNode::longValue).toList();
    return key(
        List.of(list.toString()),
        answer -> InfiniteBenchNumbers.rightUpToFirstWrong(answer, expected));
  }

  private static JsonNode first(JsonRow row) {
    JsonNode answer = row.value(ANSWER, "an answer");
    if (answer.isArray() && answer.isEmpty()) {
      throw row.refused(ANSWER, "a list of at least one answer");
    }
    return answer.isArray() ? answer.get(0) : answer;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static AnswerKey key(List<String> expected, ToDoubleFunction<String> score) {
    return new AnswerKey(expected, score, Optional.empty());
  }

  private static double share(boolean isRight) {
    return isRight ? 1 : 0;
  }
}
