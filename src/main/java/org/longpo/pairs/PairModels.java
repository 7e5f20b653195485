package org.longpo.pairs;

import org.longpo.documents.TokenOffsets;
import org.longpo.inference.CheckedScorer;
import org.longpo.inference.CheckedWriter;
import org.longpo.inference.Scorer;
import org.longpo.inference.Writer;
import org.longpo.text.Prompts;

/**
 * Who writes the texts of pairs, and who scores them: in the paper the round's frozen model pi_S.
 * What they return is checked.
 *
 * @param shortContext writes instructions and chosen answers, from chunks
 * @param longContext writes rejected answers, from whole pieces; the same model with the policy's
 *     position embedding
 * @param scorer gives the reference's log-probabilities
 * @param prompts of the model that is trained on the pairs: whoever writes, ids are this model's
 * @param rejectedRopeTheta RoPE theta with which {@code longContext} writes
 */
public record PairModels(
    Writer shortContext,
    Writer longContext,
    Scorer scorer,
    Prompts prompts,
    double rejectedRopeTheta) {
  public PairModels {
    shortContext = CheckedWriter.of(shortContext);
    longContext = CheckedWriter.of(longContext);
    scorer = CheckedScorer.of(scorer);
  }

  /** The prompts' tokens as {@code documents} sees them. */
  public TokenOffsets offsets() {
    return offsets(prompts);
  }

  /** The tokens of any prompts as {@code documents} sees them. */
  public static TokenOffsets offsets(Prompts prompts) {
    return text -> prompts.encode(text).ends();
  }
}
