package org.longpo.inference;

/** A model that both writes and reads; what it returns is checked. */
public record Model(Writer writer, Scorer scorer) {
  public Model {
    writer = CheckedWriter.of(writer);
    scorer = CheckedScorer.of(scorer);
  }
}
