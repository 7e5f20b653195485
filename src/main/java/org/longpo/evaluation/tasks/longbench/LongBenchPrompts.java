package org.longpo.evaluation.tasks.longbench;

import java.util.HashMap;
import java.util.Map;
import org.longpo.evaluation.longtext.AnswerKey;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.evaluation.longtext.LongText;
import org.longpo.evaluation.longtext.Wording;
import org.longpo.files.JsonRow;
import org.longpo.text.WhiteSpace;

/**
 * The prompts of LongBench v2: {@code 0shot.txt}, {@code 0shot_cot.txt} and {@code
 * 0shot_cot_ans.txt} of its folder {@code prompts}, filled in as {@code pred.py} does it, white
 * space at the ends of all fields removed. A text that itself has a name of the original's
 * templates, such as {@code $Q$}, keeps it; the original would fill in the question there.
 */
final class LongBenchPrompts {
  private static final String TEXT_END = "\n</text>\n\n";

  private static final String QUESTION =
      "What is the correct answer to this question: {question}\nChoices:\n(A) {choice_A}\n"
          + "(B) {choice_B}\n(C) {choice_C}\n(D) {choice_D}\n\n";

  private static final Wording DIRECT =
      new Wording(
          "Please read the following text and answer the question below.\n\n<text>\n{context}"
              + TEXT_END
              + QUESTION
              + "Format your response as follows: \"The correct answer is (insert answer here)\".");

  private static final Wording CHAIN_OF_THOUGHT =
      new Wording(
          "Please read the following text and answer the questions below.\n\n<text>\n{context}"
              + TEXT_END
              + QUESTION
              + "Let’s think step by step:");

  private static final String WITHOUT_TEXT =
      "Please read the following text and answer the questions below.\n\nThe text is too long and"
          + " omitted here.\n\n";

  private static final String CONCLUSION =
      "\n\nBased on the above, what is the single, most likely answer choice? Format your response"
          + " as follows: \"The correct answer is (insert answer here)\".";

  private LongBenchPrompts() {}

  /**
   * The question of a row.
   *
   * @throws org.longpo.error.UserError naming row and field if one is missing
   */
  static LongQuestion question(JsonRow row, boolean chainOfThought, AnswerKey key) {
    Wording wording = chainOfThought ? CHAIN_OF_THOUGHT : DIRECT;
    Map<String, String> values = new HashMap<>();
    for (String field : new String[] {"question", "choice_A", "choice_B", "choice_C", "choice_D"}) {
      values.put(field, WhiteSpace.strip(row.text(field)));
    }
    LongText about = new LongText(wording.before(values), WhiteSpace.strip(row.text("context")));
    return new LongQuestion(about, wording.after(values), key, row.where());
  }

  /** Asks for the letter after a chain of thought, without the text. */
  static String conclusion(LongQuestion question, String thought) {
    return WITHOUT_TEXT
        + question.after().substring(TEXT_END.length())
        + " "
        + WhiteSpace.strip(thought)
        + CONCLUSION;
  }
}
