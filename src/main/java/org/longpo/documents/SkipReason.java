package org.longpo.documents;

/** Why a stretch of a document became no piece. */
public enum SkipReason {
  DOCUMENT_TOO_SHORT("the whole document is too short for the target length"),
  REST_TOO_SHORT("the rest of a document after its last piece is too short for the target length");

  private final String sentence;

  SkipReason(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
