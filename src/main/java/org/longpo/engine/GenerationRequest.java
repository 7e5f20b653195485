package org.longpo.engine;

/**
 * An answer to draw.
 *
 * @param prompt ids up to where the answer begins; at least one
 * @param draft ids that the answer is likely to begin with, or none. They are checked in the pass
 *     that reads the prompt: as far as they are what is drawn anyway, drawing them costs no passes
 *     of their own. The result does not depend on them
 * @param seed the same prompt with the same seed gives the same tokens
 */
@SuppressWarnings("ArrayRecordComponent")
public record GenerationRequest(int[] prompt, int[] draft, long seed) {
  private static final int[] NO_DRAFT = {};

  public GenerationRequest {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one token");
    }
  }

  public GenerationRequest(int[] prompt, long seed) {
    this(prompt, NO_DRAFT, seed);
  }
}
