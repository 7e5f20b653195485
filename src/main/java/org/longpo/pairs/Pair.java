package org.longpo.pairs;

import java.util.Arrays;
import org.longpo.documents.ChunkSpan;

/**
 * One instruction with its chosen and its rejected answer.
 *
 * @param chunk the chunk c_k that the instruction was written from and the chosen answer saw
 * @param instruction I_k, the text alone without any template
 * @param chosen y_S,k, sampled given the short input [c_k ; I_k]
 * @param rejected y_L,k, sampled given the long input [D ; I_k]
 */
public record Pair(ChunkSpan chunk, String instruction, Answer chosen, Answer rejected) {
  public Pair {
    if (instruction.isBlank()) {
      throw new IllegalArgumentException("instruction is blank");
    }
    if (Arrays.equals(chosen.tokens(), rejected.tokens())) {
      throw new IllegalArgumentException(
          "chosen and rejected are the same answer, between which there is nothing to prefer");
    }
  }
}
