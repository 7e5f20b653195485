package org.longpo.inference;

/**
 * A model that both writes and reads, with who judges its answers; what they return is checked.
 *
 * @param judge writes judgments for its own prompts, which may be of another tokenizer
 */
public record Model(Writer writer, Scorer scorer, Writer judge) {
  public Model {
    writer = CheckedWriter.of(writer);
    scorer = CheckedScorer.of(scorer);
    judge = CheckedWriter.of(judge);
  }

  /** A model that judges its own answers. */
  public Model(Writer writer, Scorer scorer) {
    this(writer, scorer, writer);
  }
}
