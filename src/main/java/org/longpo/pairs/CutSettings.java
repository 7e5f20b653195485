package org.longpo.pairs;

import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Supplied;

/**
 * How documents are cut, and how much is made from them.
 *
 * @param lengthTokens N: pieces of documents have at most so many tokens
 * @param minPieceFill share of N below which a piece is skipped
 * @param minChunkFill share of the largest chunk below which a chunk gets no instruction
 * @param pairsPerDocument chunks drawn from a piece, one pair each (paper 4; code 2)
 * @param maxDocuments pieces that pairs are made from, at most, drawn by the seed; empty: all
 * @param holdOutShare share of the text that is kept apart for evaluation
 */
public record CutSettings(
    @Supplied int lengthTokens,
    @Option(
            defaultValue = "0.5",
            meaning = "Pieces with fewer tokens than this share of the length are skipped.")
        @Range(from = 0, to = 1)
        double minPieceFill,
    @Option(
            defaultValue = "0.5",
            meaning =
                "Chunks with fewer tokens than this share of chunk_tokens get no instruction.")
        @Range(from = 0, to = 1)
        double minChunkFill,
    @Option(
            defaultValue = "4",
            label = "K",
            meaning = "Pairs per document (the paper: 4; its code: 2).")
        @Range(from = 1)
        int pairsPerDocument,
    @Option(
            defaultText = "all",
            meaning =
                "Make pairs from this many documents (pieces of the length) at most, drawn by the"
                    + " seed.")
        @Range(from = 1)
        Optional<Integer> maxDocuments,
    @Option(defaultValue = "0.1", meaning = "Share of the text kept apart for evaluation.")
        @Range(from = 0, below = 1)
        double holdOutShare) {
  public CutSettings {
    OptionChecks.require(
        CutSettings.class,
        lengthTokens,
        minPieceFill,
        minChunkFill,
        pairsPerDocument,
        maxDocuments,
        holdOutShare);
  }
}
