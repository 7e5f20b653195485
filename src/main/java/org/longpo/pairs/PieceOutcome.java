package org.longpo.pairs;

import java.util.Optional;
import org.longpo.files.Json;

/**
 * The result of one piece: a line of the log from which a killed generation continues. The rows of
 * the pair file are the rows of this log.
 *
 * @param pieceId id of the piece, also if it gave no row
 * @param row empty if every pair was dropped
 * @param dropped the pairs that were dropped
 * @param examples the first dropped pair of each reason
 * @param strippedReasoning texts of the model that the pairs come from, from which a block of
 *     reasoning was removed
 */
public record PieceOutcome(
    String pieceId,
    Optional<PairRow> row,
    DropCounts dropped,
    DropExamples examples,
    int strippedReasoning) {
  public PieceOutcome {
    row.ifPresent(
        kept -> {
          if (!kept.id().equals(pieceId)) {
            throw new IllegalArgumentException(
                "row " + kept.id() + " is not the row of piece " + pieceId);
          }
        });
  }

  public String line() {
    return Json.line(this);
  }

  /**
   * Reads a line; {@code where} names file and line.
   *
   * @throws org.longpo.error.UserError if it is not one
   */
  public static PieceOutcome parse(String line, String where) {
    return Json.parse(line, PieceOutcome.class, where);
  }
}
