package org.longpo.evaluation.scoring;

import java.util.Optional;

/** Which of two answers a judge finds better: assistant A's, assistant B's, or neither. */
public enum JudgeVerdict {
  A,
  B,
  TIE;

  /**
   * The verdict in a judge's text: "[[A]]" anywhere, else "[[B]]", else "[[C]]" for a tie, as in
   * {@code run_judge_pair} of {@code fastchat/llm_judge/common.py}. Empty if there is none.
   */
  public static Optional<JudgeVerdict> of(String judgment) {
    if (judgment.contains("[[A]]")) {
      return Optional.of(A);
    }
    if (judgment.contains("[[B]]")) {
      return Optional.of(B);
    }
    return judgment.contains("[[C]]") ? Optional.of(TIE) : Optional.empty();
  }
}
