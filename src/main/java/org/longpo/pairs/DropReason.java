package org.longpo.pairs;

/** Why a pair did not get into the pair file. */
public enum DropReason {
  UNPARSABLE_INSTRUCTIONS("the model's list of instructions could not be read"),
  SHORT_INPUT_TOO_LONG("chunk and instruction are longer than allowed"),
  LONG_INPUT_TOO_LONG("document and instruction are longer than allowed"),
  CHOSEN_NOT_ENDED("the chosen answer ran into the limit of new tokens"),
  TOO_FEW_WORDS("an answer has too few words"),
  REFUSAL("an answer is a refusal"),
  REPETITIVE_CHOSEN("the chosen answer repeats itself"),
  REPETITIVE_REJECTED("the rejected answer repeats itself"),
  IDENTICAL_ANSWERS("both answers are the same"),
  NOT_BETTER("the chosen answer is not likelier than the rejected one, given the chunk"),
  DUPLICATE_PAIR("the document already has a pair of this instruction and chosen answer");

  private final String sentence;

  DropReason(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
