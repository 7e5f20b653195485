package org.longpo.pairs;

import java.util.List;
import org.longpo.documents.SpanReader;

/**
 * The texts that a row only points to, and the user messages made of them.
 *
 * @param document the long context D
 * @param chunks c_k, one per pair
 * @param instructions I_k, one per pair
 */
public record RowText(String document, List<String> chunks, List<String> instructions) {
  public RowText {
    chunks = List.copyOf(chunks);
    instructions = List.copyOf(instructions);
  }

  /**
   * Reads the texts of a row.
   *
   * @throws org.longpo.error.UserError if the document is gone or has changed
   */
  public static RowText read(PairRow row, SpanReader reader) {
    return new RowText(
        reader.text(row.document()),
        row.pairs().stream().map(pair -> reader.text(row.document(), pair.chunk())).toList(),
        row.pairs().stream().map(Pair::instruction).toList());
  }

  /** x_S,k = [c_k ; I_k], the user message that the chosen answer was sampled from. */
  public String shortInput(int pair) {
    return UserMessage.of(chunks.get(pair), instructions.get(pair));
  }

  /** x_L,k = [D ; I_k], the user message that the rejected answer was sampled from. */
  public String longInput(int pair) {
    return UserMessage.of(document, instructions.get(pair));
  }
}
