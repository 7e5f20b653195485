package org.longpo.pairs;

import java.util.Comparator;
import java.util.Optional;

/**
 * What of a limit on an input, or of the model's window, is left for the text in it: the limit less
 * the chat template, the instruction and what the model writes. All in tokens.
 *
 * <p>A chunk is cut to what is left, so that no instruction is paid for that a limit then drops.
 */
public final class InputBudget {
  /**
   * A text's tokens are counted alone; where the template and the blank line touch it, up to two
   * tokens at each end may split otherwise.
   */
  private static final int JOINTS = 4;

  private final int templateTokens;
  private final int instructionTokens;
  private final int requestTokens;

  private InputBudget(int templateTokens, int instructionTokens, int requestTokens) {
    this.templateTokens = templateTokens;
    this.instructionTokens = instructionTokens;
    this.requestTokens = requestTokens;
  }

  /**
   * @param prompts the chat template's tokens around a message
   * @param instructions from a file: the longest counts; empty: the model writes a list of them
   * @param perChunk instructions that the model is asked for
   * @param listTokens limit of that list, and so of each instruction in it
   */
  public static InputBudget of(
      AnswerLogProbs.PromptOf prompts,
      Optional<InstructionFile> instructions,
      int perChunk,
      int listTokens) {
    int template = around(prompts, "");
    return instructions
        .map(
            file ->
                new InputBudget(
                    template,
                    file.instructions().stream()
                            .map(instruction -> around(prompts, instruction))
                            .max(Comparator.naturalOrder())
                            .orElseThrow()
                        - template,
                    0))
        .orElseGet(
            () ->
                new InputBudget(
                    template,
                    listTokens,
                    around(prompts, InstructionPrompt.request(perChunk)) - template + listTokens));
  }

  /** Template, blank line and joints: what every input has. */
  public int templateTokens() {
    return templateTokens;
  }

  /** The longest instruction. */
  public int instructionTokens() {
    return instructionTokens;
  }

  /** What is left for the text of an input of at most so many tokens; may be below 1. */
  public int textIn(int inputTokens) {
    return inputTokens - templateTokens - instructionTokens;
  }

  /**
   * What is left for a chunk in a window that also holds what the model writes: the answer, or the
   * list of instructions behind the request for it; may be below 1.
   */
  public int textInWindow(int windowTokens, int answerTokens) {
    return windowTokens
        - templateTokens
        - Math.max(instructionTokens + answerTokens, requestTokens);
  }

  private static int around(AnswerLogProbs.PromptOf prompts, String instruction) {
    return prompts.prompt(UserMessage.of("", instruction)).length + JOINTS;
  }
}
