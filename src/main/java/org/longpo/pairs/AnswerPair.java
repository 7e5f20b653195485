package org.longpo.pairs;

import java.util.stream.Stream;
import org.longpo.inference.Written;
import org.longpo.text.Reasoning;

/** A question with both answers, before their log-probabilities are computed. */
record AnswerPair(Question question, Written chosen, Written rejected) {
  /** Texts of the pair from which reasoning was removed. */
  int stripped() {
    return (int)
        Stream.of(question.listStripped(), isStripped(chosen), isStripped(rejected))
            .filter(stripped -> stripped)
            .count();
  }

  private static boolean isStripped(Written written) {
    return written.reasoning() == Reasoning.ENDED;
  }
}
