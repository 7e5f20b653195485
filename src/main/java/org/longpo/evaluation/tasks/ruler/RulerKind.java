package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import org.longpo.evaluation.scoring.RulerScore;

/**
 * The five kinds of tasks with their wordings, limits of answers and scores, exactly as in {@code
 * scripts/data/synthetic/constants.py} and {@code scripts/eval/synthetic/constants.py} of
 * github.com/NVIDIA/RULER.
 */
enum RulerKind {
  NEEDLES(
      128,
      """
      Some special magic {type_needle_v} are hidden within the following text. Make sure to \
      memorize it. I will quiz you about the {type_needle_v} afterwards.
      {context}
      What are all the special magic {type_needle_v} for {query} mentioned in the provided text?""",
      " The special magic {type_needle_v} for {query} mentioned in the provided text are"),

  VARIABLES(
      30,
      """
      Memorize and track the chain(s) of variable assignment hidden in the following text.

      {context}
      Question: Find all variables that are assigned the value {query} in the text above.""",
      " Answer: According to the chain(s) of variable assignment in the text above, {num_v}"
          + " variables are assigned the value {query}, they are: "),

  COMMON_WORDS(
      120,
      """
      Below is a numbered list of words. In these words, some appear more often than others. \
      Memorize the ones that appear most often.
      {context}
      Question: What are the 10 most common words in the above list?""",
      " Answer: The top 10 words that appear most often in the list are:"),

  FREQUENT_WORDS(
      50,
      """
      Read the following coded text and track the frequency of each coded word. Find the three \
      most frequently appeared coded words. {context}
      Question: Do not provide any explanation. Please ignore the dots '....'. What are the three \
      most frequently appeared words in the above coded text?""",
      " Answer: According to the coded text above, the three most frequently appeared words are:"),

  QUESTIONS(
      32,
      """
      Answer the question based on the given documents. Only give me the answer and do not output \
      any other words.

      The following are given documents.

      {context}

      Answer the question based on the given documents. Only give me the answer and do not output \
      any other words.

      Question: {query}""",
      " Answer:");

  private final KindWording own;

  RulerKind(int answerTokens, String prompt, String answer) {
    own = KindWording.english(answerTokens, prompt, answer);
  }

  /** RULER's own words. */
  KindWording own() {
    return own;
  }

  /** Whether one of the references makes an answer right; else each is a share of the score. */
  boolean hasAlternatives() {
    return this == QUESTIONS;
  }

  /** In [0, 1]. */
  double score(String answer, List<String> references) {
    if (hasAlternatives()) {
      return RulerScore.anyFound(answer, references) ? 1 : 0;
    }
    return RulerScore.shareFound(answer, references);
  }
}
