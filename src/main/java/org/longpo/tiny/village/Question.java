package org.longpo.tiny.village;

import java.util.List;
import java.util.Random;
import org.longpo.evaluation.scoring.RulerScore;
import org.longpo.text.WhiteSpace;

/**
 * A question, or a task, with its answer.
 *
 * @param text as the model is asked
 * @param answer one wording of a right answer, from which the model learns
 * @param references what right answers contain, or are
 */
public record Question(String text, String answer, List<String> references, Match match) {
  /** What makes an answer right. */
  public enum Match {
    /** It contains all references; a part of them is a part of the score, as in RULER. */
    ALL,
    /** It contains one of the references. */
    ANY,
    /** It is the reference. */
    WHOLE
  }

  public Question {
    references = List.copyOf(references);
    if (references.isEmpty()) {
      throw new IllegalArgumentException("no reference for: " + text);
    }
  }

  /** A question with one of several wordings of its answer. */
  public static Question of(
      List<String> texts, List<String> answers, List<String> references, Random random) {
    return new Question(
        Words.pick(texts, random), Words.pick(answers, random), references, Match.ALL);
  }

  /** A task with a single right answer, to the letter. */
  public static Question exact(String text, String answer) {
    return new Question(text, answer, List.of(answer), Match.WHOLE);
  }

  /** In [0, 1]. */
  public double score(String said) {
    return switch (match) {
      case ALL -> RulerScore.shareFound(said, references);
      case ANY -> RulerScore.anyFound(said, references) ? 1 : 0;
      case WHOLE -> WhiteSpace.strip(said).equals(answer) ? 1 : 0;
    };
  }
}
