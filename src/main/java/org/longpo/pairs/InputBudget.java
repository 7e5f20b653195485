package org.longpo.pairs;

import java.util.Comparator;
import java.util.Optional;
import org.longpo.text.Prompts;

/**
 * The number of tokens that an input's limit, or the model's window, leaves for the text in it: the
 * limit minus the chat template, the instruction and what the model writes.
 *
 * <p>A chunk is cut to that number, so that no instruction is written whose pair a limit then
 * drops.
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
   * @param prompts of the model that reads the inputs
   * @param instructions from a file, of which the longest is assumed; empty: the model writes a
   *     list of them
   * @param perChunk number of instructions that the model writes in one list
   * @param listTokens limit of that list, and so of each instruction in it
   */
  public static InputBudget of(
      Prompts prompts, Optional<InstructionFile> instructions, int perChunk, int listTokens) {
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

  /** Tokens of template and blank line, which every input has, with a margin. */
  public int templateTokens() {
    return templateTokens;
  }

  /** Tokens of the longest instruction. */
  public int instructionTokens() {
    return instructionTokens;
  }

  /** Tokens left for the text of an input of at most so many tokens; may be below 1. */
  public int textIn(int inputTokens) {
    return inputTokens - templateTokens - instructionTokens;
  }

  /**
   * Tokens left for a chunk in a window that also holds what the model writes: the answer, or the
   * list of instructions after the request for it; may be below 1.
   */
  public int textInWindow(int windowTokens, int answerTokens) {
    return windowTokens
        - templateTokens
        - Math.max(instructionTokens + answerTokens, requestTokens);
  }

  private static int around(Prompts prompts, String instruction) {
    return prompts.of(UserMessage.of("", instruction)).length() + JOINTS;
  }
}
