package org.longpo.evaluation.tasks.choice;

import java.util.List;
import org.longpo.text.WhiteSpace;

/**
 * Rows as mosaicml/llm-foundry's evaluation data has them (scripts/eval/local_data): {@code query},
 * {@code choices} and {@code gold}, or {@code context_options}, {@code continuation} and {@code
 * gold}.
 *
 * <p>A query is the finished text of a question, "Question: " before it included where the
 * benchmark has that, so nothing is put before it. llm-foundry removes white space around it and
 * lets "Answer:" follow on a line of its own (its {@code continuation_delimiter}), so that the
 * prompt is the same as lm-evaluation-harness makes from the benchmark's own fields.
 */
final class FoundryRow {
  private FoundryRow() {}

  /** Whether it is one with {@code query}. */
  static boolean hasQuery(ChoiceRow row) {
    return row.has("query");
  }

  /** Whether it is one with {@code context_options}. */
  static boolean hasContextOptions(ChoiceRow row) {
    return row.has("context_options");
  }

  /**
   * A query and what may follow it.
   *
   * @param afterQuery such as "\nAnswer:"
   */
  static ChoiceQuestion query(ChoiceRow row, String afterQuery) {
    String query = WhiteSpace.strip(row.text("query"));
    return ChoiceQuestion.of(
        row, query, query + afterQuery, row.texts("choices", "choice"), row.index("gold"));
  }

  /** Texts that one continuation may follow. */
  static ChoiceQuestion contextOptions(ChoiceRow row) {
    List<String> contexts = row.texts("context_options", "context_option");
    String continuation = WhiteSpace.strip(row.text("continuation"));
    return ChoiceQuestion.of(
        row,
        "... " + continuation,
        contexts.stream()
            .map(context -> new ChoiceQuestion.Option(context, context, continuation))
            .toList(),
        row.index("gold"));
  }
}
