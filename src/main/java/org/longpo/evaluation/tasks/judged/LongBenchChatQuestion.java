package org.longpo.evaluation.tasks.judged;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.longtext.FittedPrompts;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongPrompt;
import org.longpo.evaluation.longtext.PromptForm;
import org.longpo.evaluation.scoring.JudgeRating;
import org.longpo.text.Prompts;
import org.longpo.text.WhiteSpace;

/**
 * A question of LongBench-Chat.
 *
 * @param asked the complete prompt, text and question
 * @param query the question alone, as the judge reads it
 * @param reference a right answer
 * @param examples answers with their ratings, which the judge reads before it rates another one
 * @param limit of the prompt
 */
record LongBenchChatQuestion(
    LongPrompt asked, String query, String reference, List<Example> examples, InputLimit limit)
    implements JudgedQuestion {
  /** As many as the judge's prompt has. */
  static final int EXAMPLES = 3;

  /**
   * An answer that was rated.
   *
   * @param score as it is written
   */
  record Example(String answer, String score) {}

  /** {@code prompt_fs.txt} and {@code system_prompt} of {@code eval.py}, word for word. */
  private static final JudgeWording GRADING =
      new JudgeWording(
          "You're a good assistant at evaluating the quality of texts.",
          "[Instructions]\n"
              + "You are asked to evaluate the quality of the AI assistant's answers to user "
              + "questions as an impartial judge, and your evaluation should take into account "
              + "factors including correctness (high priority), helpfulness, accuracy, and "
              + "relevance. The scoring principles are as follows:\n"
              + "1. Read the AI assistant's answer and compare the assistant's answer with the "
              + "reference answer.\n"
              + "2. Identify all errors in the AI Assistant's answers and consider how much "
              + "they affect the answer to the question.\n"
              + "3. Evaluate how helpful the AI assistant's answers are in directly answering "
              + "the user's questions and providing the information the user needs. \n"
              + "4. Examine any additional information in the AI assistant's answer to ensure "
              + "that it is correct and closely related to the question. If this information "
              + "is incorrect or not relevant to the question, points should be deducted from "
              + "the overall score.\n\n"
              + "Please give an overall integer rating from 1 to 10 based on the above "
              + "principles, strictly in the following format:\"[[rating]]\", e.g. \"[[5]]\"."
              + "\n\n"
              + "[Question]\n"
              + "{question}\n\n"
              + "[Reference answer begins]\n"
              + "{reference}\n"
              + "[Reference answer ends]\n\n"
              + "Below are several assistants' answers and their ratings:\n\n"
              + "[Assistant's answer begins]\n"
              + "{answer_1}\n"
              + "[Assistant's answer ends]\n\n"
              + "Rating: [[{score_1}]]\n\n"
              + "[Assistant's answer begins]\n"
              + "{answer_2}\n"
              + "[Assistant's answer ends]\n\n"
              + "Rating: [[{score_2}]]\n\n"
              + "[Assistant's answer begins]\n"
              + "{answer_3}\n"
              + "[Assistant's answer ends]\n\n"
              + "Rating: [[{score_3}]]\n\n"
              + "Please rate the following assistant answers based on the scoring principles "
              + "and examples above:\n\n"
              + "[Assistant's answer begins]\n"
              + "{answer}\n"
              + "[Assistant's answer ends]\n\n"
              + "Rating: ");

  LongBenchChatQuestion {
    examples = List.copyOf(examples);
  }

  @Override
  public Optional<Slice> slice() {
    return Optional.empty();
  }

  @Override
  public List<String> turns() {
    return List.of(query);
  }

  @Override
  public Optional<String> reference(int turn) {
    return Optional.of(reference);
  }

  @Override
  public int tokens(int answerTokens) {
    return Math.min(TaskItem.tokensOf(asked.about().text()), limit.maxContext()) + answerTokens;
  }

  @Override
  public Asked ask(Prompts prompts, List<String> answers, int answerTokens) {
    FittedPrompts fitted = limit.fit(List.of(asked), PromptForm.CHAT, prompts, answerTokens);
    return new Asked(fitted.prompts().getFirst(), fitted.isTruncated());
  }

  @Override
  public JudgeRequest grading(List<String> answers) {
    Map<String, String> values = new HashMap<>();
    values.put("question", query);
    values.put("reference", reference);
    for (int i = 0; i < EXAMPLES; i++) {
      values.put("answer_" + (i + 1), examples.get(i).answer());
      values.put("score_" + (i + 1), examples.get(i).score());
    }
    values.put("answer", onOneLine(answers.getFirst()));
    return GRADING.of(values);
  }

  @Override
  public OptionalDouble rating(String judgment) {
    return JudgeRating.ofLongBenchChat(judgment);
  }

  /** The original compares no answers; FastChat's prompt for answers with a reference does it. */
  @Override
  public JudgeRequest comparison(List<String> answersOfA, List<String> answersOfB) {
    return FastChatComparison.FIRST_WITH_REFERENCE.of(
        Map.of(
            "question",
            query,
            "ref_answer_1",
            reference,
            "answer_a",
            WhiteSpace.strip(answersOfA.getFirst()),
            "answer_b",
            WhiteSpace.strip(answersOfB.getFirst())));
  }

  /** The original keeps answers in a file of one line each. */
  private static String onOneLine(String answer) {
    return WhiteSpace.strip(WhiteSpace.strip(answer).replace('\n', ' '));
  }
}
