package org.longpo.evaluation.tasks.judged;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longpo.evaluation.Slice;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/** A question of one or more turns whose answers a judge reads. */
interface JudgedQuestion {
  /** The part of the benchmark that it belongs to. */
  Optional<Slice> slice();

  /** What is asked in each turn, for the log and to tell questions apart. */
  List<String> turns();

  /** The reference answer that the judge is given for a turn, from 0; empty if there is none. */
  Optional<String> reference(int turn);

  /** About how many tokens the model reads, answers included. */
  int tokens(int answerTokens);

  /**
   * What the model is asked next.
   *
   * @param prompts the model's
   * @param answers to the turns before
   * @param answerTokens of the answer at most
   * @throws org.longpo.error.UserError naming file and line if it cannot be asked
   */
  Asked ask(Prompts prompts, List<String> answers, int answerTokens);

  /**
   * A prompt of the model.
   *
   * @param isTruncated whether text was cut out of it
   */
  record Asked(Prompt prompt, boolean isTruncated) {}

  /** The request for a rating of the last of some answers. */
  JudgeRequest grading(List<String> answers);

  /** The rating in a judge's text; empty if there is none. */
  OptionalDouble rating(String judgment);

  /** The request to compare the last answers of two assistants. */
  JudgeRequest comparison(List<String> answersOfA, List<String> answersOfB);
}
