package org.longpo.tiny;

import java.util.List;

/**
 * What a step learns from: sequences that go through the model in one pass, where they share what
 * they share.
 *
 * @param sequences token ids, begin token included
 * @param learnFrom the first token of each sequence that is learned, at least 1
 * @param answers the answers among them by which the step is judged
 */
public record Lesson(List<int[]> sequences, List<Integer> learnFrom, List<AnswerSpan> answers) {
  public Lesson {
    sequences = List.copyOf(sequences);
    learnFrom = List.copyOf(learnFrom);
    answers = List.copyOf(answers);
  }

  /**
   * One sequence.
   *
   * @param learnFrom its first token that is learned, at least 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sequence(int[] tokens, int learnFrom) {}

  /**
   * Tokens [start, end) of a sequence, which the model should have said.
   *
   * @param sequence index of the sequence
   */
  public record AnswerSpan(int sequence, int start, int end) {}
}
