package org.longpo.pairs;

/** Why a pair did not get into the pair file. */
public enum DropReason {
  REASONING(
      "the model reasoned before its answer",
      "choose --reasoning strip, or switch reasoning off by --chat-template-kwargs"),
  REASONING_NOT_ENDED(
      "the model's reasoning did not reach an answer",
      "raise --reasoning-tokens, or switch reasoning off by --chat-template-kwargs"),
  UNPARSABLE_INSTRUCTIONS(
      "the model's list of instructions could not be read",
      "give instructions by --instructions or ask for fewer by --instructions-per-chunk"),
  SHORT_INPUT_TOO_LONG(
      "chunk and instruction are longer than allowed", "raise --max-short-input-tokens"),
  LONG_INPUT_TOO_LONG(
      "document and instruction are longer than allowed", "raise --max-long-input-tokens"),
  CHOSEN_NOT_ENDED(
      "the chosen answer ran into the limit of new tokens",
      "raise --max-new-tokens or leave out --require-chosen-ended"),
  TOO_FEW_WORDS("an answer has too few words", "lower --min-words"),
  REFUSAL("an answer is a refusal", "give other --refusal-phrases"),
  REPETITIVE_CHOSEN("the chosen answer repeats itself", "raise --max-chosen-repetition"),
  REPETITIVE_REJECTED("the rejected answer repeats itself", "raise --max-rejected-repetition"),
  IDENTICAL_ANSWERS("both answers are the same", "sample with a --temperature above 0"),
  NOT_BETTER(
      "the chosen answer is not likelier than the rejected one, given the chunk",
      "lower --min-short-margin"),
  DUPLICATE_PAIR(
      "the document already has a pair of this instruction and chosen answer",
      "give more --instructions");

  private final String sentence;
  private final String remedy;

  DropReason(String sentence, String remedy) {
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** What a user can do about it, by the names of options. */
  String remedy() {
    return remedy;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
