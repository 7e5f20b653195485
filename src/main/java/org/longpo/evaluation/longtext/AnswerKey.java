package org.longpo.evaluation.longtext;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.longpo.evaluation.Slice;

/**
 * What an answer is worth.
 *
 * @param expected the answers that count as right, for the log
 * @param score of an answer, from 0 to 1
 * @param slice the part of the task's questions that this one belongs to
 */
public record AnswerKey(
    List<String> expected, ToDoubleFunction<String> score, Optional<Slice> slice) {
  public AnswerKey {
    expected = List.copyOf(expected);
  }
}
