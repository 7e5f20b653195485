package org.longpo.training;

import java.util.List;
import org.longpo.text.Conversation;

/**
 * Texts to the token ids that the model reads: the same prompts that the answers were sampled with,
 * as log-probs given another prompt would be those of something else.
 */
public interface ExamplePrompts {
  /** The ids before the answer to an instruction about a context. */
  int[] prompt(String context, String instruction);

  /**
   * Instructions about one context and their answers in turn; the context stands in the first turn.
   *
   * @param responses sampled ids, which stand in the conversation as they are
   */
  Conversation conversation(String context, List<String> instructions, List<int[]> responses);
}
