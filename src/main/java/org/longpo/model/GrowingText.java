package org.longpo.model;

import org.longpo.engine.Generated;
import org.longpo.inference.Written;

/** One text of a batch while its tokens are drawn. */
sealed interface GrowingText permits GrowingAnswer, GrowingContinuation {
  /** Tokens at most, those of reasoning included. */
  int maxNewTokens();

  /**
   * Takes the next token.
   *
   * @param isEnd whether it ends the text
   * @return whether the text goes on; of no meaning after its end
   */
  boolean drawn(int token, boolean isEnd);

  /** The text, once all its tokens are drawn. */
  Written finish(Generated generated);
}
