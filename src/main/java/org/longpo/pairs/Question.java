package org.longpo.pairs;

import org.longpo.documents.ChunkSpan;

/**
 * An instruction about a chunk, with the two inputs that it is answered from.
 *
 * @param index of the chunk among those drawn from the piece; seeds depend on it
 * @param instruction I_k
 * @param listStripped whether reasoning was removed from the list that the instruction is from
 * @param shortPrompt token ids of [c_k ; I_k] in the chat template
 * @param longPrompt token ids of [D ; I_k] in the chat template
 */
record Question(
    int index,
    ChunkSpan chunk,
    String instruction,
    boolean listStripped,
    int[] shortPrompt,
    int[] longPrompt) {}
