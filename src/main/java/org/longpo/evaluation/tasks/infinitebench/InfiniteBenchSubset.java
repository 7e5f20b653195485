package org.longpo.evaluation.tasks.infinitebench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.longtext.AnswerKey;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.evaluation.longtext.LongText;
import org.longpo.evaluation.longtext.Wording;
import org.longpo.evaluation.scoring.BookF1;
import org.longpo.evaluation.scoring.InfiniteBenchChoices;
import org.longpo.evaluation.scoring.InfiniteBenchWords;
import org.longpo.evaluation.scoring.RougeLSum;
import org.longpo.files.JsonRow;

/**
 * One of InfiniteBench's twelve tasks.
 *
 * @param file the official file's name without {@code .jsonl}
 * @param name as the paper calls it
 * @param answerTokens of an answer at most ({@code DATA_NAME_TO_MAX_NEW_TOKENS} of {@code
 *     src/eval_utils.py})
 * @param metric what an answer's score is
 * @param values what stands for the names in the wording, from a row
 * @param key what counts as right, from a row
 */
record InfiniteBenchSubset(
    String file,
    String name,
    int answerTokens,
    Metric metric,
    Wording wording,
    Function<JsonRow, Map<String, String>> values,
    Function<JsonRow, AnswerKey> key) {
  private static final Metric ACCURACY = Metric.share("accuracy", "right answers");
  private static final Metric F1 = Metric.share("f1", "F1");

  static final List<InfiniteBenchSubset> ALL =
      List.of(
          new InfiniteBenchSubset(
              "passkey",
              "Retrieve.PassKey",
              6,
              ACCURACY,
              InfiniteBenchPrompts.PASSKEY,
              InfiniteBenchPrompts::input,
              row -> InfiniteBenchAnswers.text(row, InfiniteBenchWords::isFirstNumber)),
          new InfiniteBenchSubset(
              "number_string",
              "Retrieve.Number",
              12,
              ACCURACY,
              InfiniteBenchPrompts.NUMBER_STRING,
              InfiniteBenchPrompts::input,
              row -> InfiniteBenchAnswers.text(row, InfiniteBenchWords::isFirstNumber)),
          new InfiniteBenchSubset(
              "kv_retrieval",
              "Retrieve.KV",
              50,
              ACCURACY,
              InfiniteBenchPrompts.KV_RETRIEVAL,
              InfiniteBenchPrompts::input,
              row -> InfiniteBenchAnswers.text(row, InfiniteBenchWords::hasValue)),
          new InfiniteBenchSubset(
              "longdialogue_qa_eng",
              "En.Dia",
              40,
              ACCURACY,
              InfiniteBenchPrompts.DIALOGUE,
              InfiniteBenchPrompts::nothing,
              row -> InfiniteBenchAnswers.text(row, InfiniteBenchWords::hasName)),
          new InfiniteBenchSubset(
              "longbook_sum_eng",
              "En.Sum",
              1200,
              Metric.share("rouge_l_sum", "ROUGE-L-Sum"),
              InfiniteBenchPrompts.BOOK_SUMMARY,
              InfiniteBenchPrompts::nothing,
              row -> InfiniteBenchAnswers.references(row, RougeLSum::f1)),
          new InfiniteBenchSubset(
              "longbook_choice_eng",
              "En.MC",
              40,
              ACCURACY,
              InfiniteBenchPrompts.BOOK_CHOICE,
              InfiniteBenchPrompts::questionWithOptions,
              row -> InfiniteBenchAnswers.choice(row, InfiniteBenchChoices::isChosen)),
          new InfiniteBenchSubset(
              "longbook_qa_eng",
              "En.QA",
              40,
              F1,
              InfiniteBenchPrompts.BOOK_QUESTION,
              InfiniteBenchPrompts::question,
              row -> InfiniteBenchAnswers.references(row, BookF1::ofWords)),
          new InfiniteBenchSubset(
              "longbook_qa_chn",
              "Zh.QA",
              40,
              F1,
              InfiniteBenchPrompts.CHINESE_BOOK_QUESTION,
              InfiniteBenchPrompts::question,
              row -> InfiniteBenchAnswers.references(row, BookF1::ofCharacters)),
          new InfiniteBenchSubset(
              "math_find",
              "Math.Find",
              3,
              ACCURACY,
              InfiniteBenchPrompts.MATH_FIND,
              InfiniteBenchPrompts::target,
              InfiniteBenchAnswers::firstNumber),
          new InfiniteBenchSubset(
              "math_calc",
              "Math.Calc",
              30_000,
              Metric.share("right_values", "values up to the first wrong one"),
              InfiniteBenchPrompts.MATH_CALC,
              InfiniteBenchPrompts::nothing,
              InfiniteBenchAnswers::values),
          new InfiniteBenchSubset(
              "code_run",
              "Code.Run",
              5,
              ACCURACY,
              InfiniteBenchPrompts.CODE_RUN,
              InfiniteBenchPrompts::call,
              InfiniteBenchAnswers::lastInteger),
          new InfiniteBenchSubset(
              "code_debug",
              "Code.Debug",
              5,
              ACCURACY,
              InfiniteBenchPrompts.CODE_DEBUG,
              InfiniteBenchPrompts::options,
              row -> InfiniteBenchAnswers.choice(row, InfiniteBenchChoices::isFaultyFunction)));

  /** The task's id: "infinitebench-passkey". */
  String id() {
    return "infinitebench-" + file.replace('_', '-');
  }

  /**
   * The question of a row.
   *
   * @throws org.longpo.error.UserError naming file, line and field if one is missing or wrong
   */
  LongQuestion question(JsonRow row) {
    Map<String, String> own = values.apply(row);
    return new LongQuestion(
        new LongText(wording.before(own), row.text("context")),
        wording.after(own),
        key.apply(row),
        row.where());
  }
}
