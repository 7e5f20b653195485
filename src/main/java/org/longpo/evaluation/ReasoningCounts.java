package org.longpo.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longpo.text.Reasoning;

/**
 * How often a model reasoned before it answered.
 *
 * @param answers all of them, over all tasks
 * @param ended answers that follow a block of reasoning
 * @param unended reasoning that came to no answer, which counts as a wrong one
 */
public record ReasoningCounts(int answers, int ended, int unended) {
  /** Empty if there was none. */
  static Optional<ReasoningCounts> of(List<ItemResult> results) {
    List<Answered> all = results.stream().flatMap(result -> result.answers().stream()).toList();
    ReasoningCounts counts =
        new ReasoningCounts(all.size(), count(all, Reasoning.ENDED), count(all, Reasoning.UNENDED));
    return counts.ended() + counts.unended() == 0 ? Optional.empty() : Optional.of(counts);
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

  private static int count(List<Answered> all, Reasoning reasoning) {
    return (int) all.stream().filter(answered -> answered.reasoning() == reasoning).count();
  }
}
