package org.longpo.tiny;

import java.util.ArrayList;
import java.util.List;
import org.longpo.tiny.Lesson.AnswerSpan;

/** A lesson that grows to its size. */
public final class LessonDraft {
  private final List<int[]> sequences = new ArrayList<>();
  private final List<Integer> learnFrom = new ArrayList<>();
  private final List<AnswerSpan> answers = new ArrayList<>();
  private int tokens;

  /** Adds a sequence that shares no beginning with others. */
  public void add(Lesson.Sequence sequence) {
    addBranch(sequence);
    addTokens(sequence.tokens().length);
  }

  /** Adds a sequence whose tokens are counted for themselves, as others share some of them. */
  public void addBranch(Lesson.Sequence sequence) {
    sequences.add(sequence.tokens());
    learnFrom.add(sequence.learnFrom());
  }

  /**
   * Of the sequence that is added next, judges the tokens [start, end).
   *
   * @param start place in the sequence
   */
  public void judgeNext(int start, int end) {
    answers.add(new AnswerSpan(sequences.size(), start, end));
  }

  public void addTokens(int more) {
    tokens += more;
  }

  /** Tokens that were counted. */
  public int tokens() {
    return tokens;
  }

  public Lesson finish() {
    return new Lesson(sequences, learnFrom, answers);
  }
}
