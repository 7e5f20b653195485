package org.longpo.reproduction;

/** Whether what was measured agrees with a claim. */
enum Verdict {
  AGREES("agrees"),
  DISAGREES("does not agree"),
  /** The interval contains 0. */
  NOT_DECIDED("not decided"),
  NOT_MEASURED("not measured");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As the page has it. */
  String words() {
    return words;
  }
}
