package org.longpo.pairs;

import org.longpo.documents.ChunkSpan;
import org.longpo.text.Prompt;

/**
 * An instruction about a chunk, with the two inputs that it is answered from.
 *
 * @param index of the chunk among those drawn from the piece; seeds depend on it
 * @param instruction I_k
 * @param listStripped whether reasoning was removed from the list that the instruction is from
 * @param shortPrompt [c_k ; I_k] in the chat template
 * @param longPrompt [D ; I_k] in the chat template
 */
record Question(
    DrawnPiece piece,
    int index,
    String instruction,
    boolean listStripped,
    Prompt shortPrompt,
    Prompt longPrompt) {
  ChunkSpan chunk() {
    return piece.chunks().get(index);
  }
}
