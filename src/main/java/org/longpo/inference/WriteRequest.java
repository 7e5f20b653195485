package org.longpo.inference;

import java.util.Optional;
import org.longpo.text.Prompt;

/**
 * One text that is wanted.
 *
 * @param seed of this text alone: what is drawn for it depends on no other request
 * @param draft ids that the text is likely to be, such as an answer to nearly the same prompt. A
 *     hint for speed, from which a writer may read several tokens at once; it never changes the
 *     text
 */
public record WriteRequest(Prompt prompt, long seed, Optional<int[]> draft) {
  /** A request without a draft. */
  public WriteRequest(Prompt prompt, long seed) {
    this(prompt, seed, Optional.empty());
  }

  /** The same with ids that the text is likely to be. */
  public WriteRequest withDraft(int[] likely) {
    return new WriteRequest(prompt, seed, Optional.of(likely));
  }
}
