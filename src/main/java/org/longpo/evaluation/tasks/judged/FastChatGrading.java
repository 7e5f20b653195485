package org.longpo.evaluation.tasks.judged;

/**
 * How FastChat asks a judge to rate an answer from 1 to 10: the prompts of type {@code single} in
 * {@code fastchat/llm_judge/data/judge_prompts.jsonl} of lm-sys/FastChat, word for word.
 */
final class FastChatGrading {
  /** {@code single-v1}. */
  static final JudgeWording FIRST =
      new JudgeWording(
          "You are a helpful assistant.",
          "[Instruction]\n"
              + "Please act as an impartial judge and evaluate the quality of the response "
              + "provided by an AI assistant to the user question displayed below. Your "
              + "evaluation should consider factors such as the helpfulness, relevance, "
              + "accuracy, depth, creativity, and level of detail of the response. Begin your "
              + "evaluation by providing a short explanation. Be as objective as possible. "
              + "After providing your explanation, you must rate the response on a scale of 1 "
              + "to 10 by strictly following this format: \"[[rating]]\", for example: "
              + "\"Rating: [[5]]\".\n\n"
              + "[Question]\n"
              + "{question}\n\n"
              + "[The Start of Assistant's Answer]\n"
              + "{answer}\n"
              + "[The End of Assistant's Answer]");

  /** {@code single-math-v1}. */
  static final JudgeWording FIRST_WITH_REFERENCE =
      new JudgeWording(
          "You are a helpful assistant.",
          "[Instruction]\n"
              + "Please act as an impartial judge and evaluate the quality of the response "
              + "provided by an AI assistant to the user question displayed below. Your "
              + "evaluation should consider correctness and helpfulness. You will be given a "
              + "reference answer and the assistant's answer. Begin your evaluation by "
              + "comparing the assistant's answer with the reference answer. Identify and "
              + "correct any mistakes. Be as objective as possible. After providing your "
              + "explanation, you must rate the response on a scale of 1 to 10 by strictly "
              + "following this format: \"[[rating]]\", for example: \"Rating: [[5]]\".\n\n"
              + "[Question]\n"
              + "{question}\n\n"
              + "[The Start of Reference Answer]\n"
              + "{ref_answer_1}\n"
              + "[The End of Reference Answer]\n\n"
              + "[The Start of Assistant's Answer]\n"
              + "{answer}\n"
              + "[The End of Assistant's Answer]");

  /** {@code single-v1-multi-turn}. */
  static final JudgeWording SECOND =
      new JudgeWording(
          "Please act as an impartial judge and evaluate the quality of the response "
              + "provided by an AI assistant to the user question displayed below. Your "
              + "evaluation should consider factors such as the helpfulness, relevance, "
              + "accuracy, depth, creativity, and level of detail of the response. You "
              + "evaluation should focus on the assistant's answer to the second user "
              + "question. Begin your evaluation by providing a short explanation. Be as "
              + "objective as possible. After providing your explanation, you must rate the "
              + "response on a scale of 1 to 10 by strictly following this format: "
              + "\"[[rating]]\", for example: \"Rating: [[5]]\".\n\n",
          "<|The Start of Assistant A's Conversation with User|>\n\n"
              + "### User:\n"
              + "{question_1}\n\n"
              + "### Assistant A:\n"
              + "{answer_1}\n\n"
              + "### User:\n"
              + "{question_2}\n\n"
              + "### Assistant A:\n"
              + "{answer_2}\n\n"
              + "<|The End of Assistant A's Conversation with User|>");

  /** {@code single-math-v1-multi-turn}. */
  static final JudgeWording SECOND_WITH_REFERENCE =
      new JudgeWording(
          "Please act as an impartial judge and evaluate the quality of the response "
              + "provided by an AI assistant to the user question. Your evaluation should "
              + "consider correctness and helpfulness. You will be given a reference answer "
              + "and the assistant's answer. You evaluation should focus on the assistant's "
              + "answer to the second question. Begin your evaluation by comparing the "
              + "assistant's answer with the reference answer. Identify and correct any "
              + "mistakes. Be as objective as possible. After providing your explanation, you "
              + "must rate the response on a scale of 1 to 10 by strictly following this "
              + "format: \"[[rating]]\", for example: \"Rating: [[5]]\".\n\n",
          "<|The Start of Reference Answer|>\n\n"
              + "### User:\n"
              + "{question_1}\n\n"
              + "### Reference answer:\n"
              + "{ref_answer_1}\n\n"
              + "### User:\n"
              + "{question_2}\n\n"
              + "### Reference answer:\n"
              + "{ref_answer_2}\n\n"
              + "<|The End of Reference Answer|>\n\n\n"
              + "<|The Start of Assistant A's Conversation with User|>\n\n"
              + "### User:\n"
              + "{question_1}\n\n"
              + "### Assistant A:\n"
              + "{answer_1}\n\n"
              + "### User:\n"
              + "{question_2}\n\n"
              + "### Assistant A:\n"
              + "{answer_2}\n\n"
              + "<|The End of Assistant A's Conversation with User|>");

  private FastChatGrading() {}
}
