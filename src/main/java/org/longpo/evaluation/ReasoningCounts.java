package org.longpo.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longpo.text.Reasoning;

/**
 * How often a model reasoned before it answered.
 *
 * @param answers all of them
 * @param ended answers that follow a block of reasoning
 * @param unended reasoning that did not end, which counts as a wrong answer
 */
public record ReasoningCounts(int answers, int ended, int unended) {
  static final ReasoningCounts NONE = new ReasoningCounts(0, 0, 0);

  static ReasoningCounts of(List<ItemResult> results) {
    List<AnsweredQuestion> all =
        results.stream()
            .flatMap(result -> result.samples().stream())
            .flatMap(sample -> sample.answer().stream())
            .toList();
    return new ReasoningCounts(
        all.size(), count(all, Reasoning.ENDED), count(all, Reasoning.UNENDED));
  }

  ReasoningCounts plus(ReasoningCounts other) {
    return new ReasoningCounts(
        answers + other.answers, ended + other.ended, unended + other.unended);
  }

  /** What the reader of the figures must know: low ones may say nothing about the answers. */
  public Optional<String> warning() {
    return unended == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d answers count as wrong because the model's reasoning had not ended:"
                    + " raise --reasoning-tokens, or switch reasoning off"
                    + " (--chat-template-kwargs) where the chat template can.",
                unended,
                answers));
  }

  private static int count(List<AnsweredQuestion> all, Reasoning reasoning) {
    return (int) all.stream().filter(answered -> answered.reasoning() == reasoning).count();
  }
}
