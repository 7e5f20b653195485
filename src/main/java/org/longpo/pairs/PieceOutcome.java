package org.longpo.pairs;

import java.util.Optional;
import org.longpo.files.Json;

/**
 * What became of one piece: a line of the log that a killed generation goes on from. The rows of
 * the pair file are the rows of this log.
 *
 * @param pieceId id of the piece, also if it gave no row
 * @param row empty if every pair was dropped
 * @param dropped the pairs that were dropped
 * @param examples the first of them for each reason
 * @param strippedReasoning texts of the model that the pairs come from, from which a block of
 *     reasoning was taken away
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
