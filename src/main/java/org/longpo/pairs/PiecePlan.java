package org.longpo.pairs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.documents.HoldOut;
import org.longpo.documents.PieceCutter;
import org.longpo.documents.SkipReason;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TextRange;
import org.longpo.documents.TokenOffsets;
import org.longpo.error.UserError;

/**
 * The pieces that pairs are made of.
 *
 * @param pieces in the order of the documents; at least one
 * @param skipped stretches of documents that became no piece, by reason
 */
public record PiecePlan(List<DocumentSpan> pieces, Map<SkipReason, Integer> skipped) {

  /**
   * Cuts the text that is not held out; of more than {@code max_documents} pieces the seed draws.
   *
   * @throws UserError if no document is long enough
   */
  public static PiecePlan of(
      DocumentSource documents,
      SpanReader reader,
      GenerateSettings settings,
      TokenOffsets tokenOffsets) {
    HoldOut holdOut =
        HoldOut.of(documents.documents(), settings.cut().holdOutShare(), settings.seed());
    PieceCutter cutter =
        new PieceCutter(settings.lengthTokens(), settings.cut().minPieceFill(), tokenOffsets);
    // In parallel: all of every document is cut into tokens.
    List<PieceCutter.Pieces> cuts =
        documents.documents().parallelStream()
            .map(found -> reader.document(found.identity()))
            .flatMap(document -> cut(cutter, document, holdOut.training(document)).stream())
            .toList();
    List<DocumentSpan> pieces = new ArrayList<>();
    Map<SkipReason, Integer> skipped = new TreeMap<>();
    for (PieceCutter.Pieces cut : cuts) {
      pieces.addAll(cut.pieces());
      cut.skipped().forEach(skip -> skipped.merge(skip.reason(), 1, Integer::sum));
    }
    if (pieces.isEmpty()) {
      throw noPiece(settings, skipped);
    }
    return new PiecePlan(drawn(pieces, settings), skipped);
  }

  private static Optional<PieceCutter.Pieces> cut(
      PieceCutter cutter, DocumentText document, TextRange range) {
    return range.isEmpty() ? Optional.empty() : Optional.of(cutter.cut(document, range));
  }

  /** The pieces whose seeds are smallest, in the order of the documents. */
  private static List<DocumentSpan> drawn(List<DocumentSpan> pieces, GenerateSettings settings) {
    if (settings.cut().maxDocuments().isEmpty()
        || pieces.size() <= settings.cut().maxDocuments().get()) {
      return pieces;
    }
    SeedSequence seeds = new SeedSequence(settings.seed());
    Set<DocumentSpan> kept =
        pieces.stream()
            .map(piece -> new Seeded(piece, seeds.forPiece(piece.id(), SeedPurpose.PIECES)))
            .sorted(Comparator.comparingLong(Seeded::seed))
            .limit(settings.cut().maxDocuments().get())
            .map(Seeded::piece)
            .collect(Collectors.toSet());
    return pieces.stream().filter(kept::contains).toList();
  }

  private record Seeded(DocumentSpan piece, long seed) {}

  private static UserError noPiece(GenerateSettings settings, Map<SkipReason, Integer> skipped) {
    String counts =
        skipped.entrySet().stream()
            .map(entry -> entry.getValue() + " x " + entry.getKey().sentence())
            .collect(Collectors.joining("; "));
    return new UserError(
        String.format(
            Locale.ROOT,
            "No document is long enough for pieces of %,d tokens (%s): give longer documents, a"
                + " smaller length or a smaller --min-piece-fill, with a new --out.",
            settings.lengthTokens(),
            counts.isEmpty() ? "no text outside the held-out share" : counts));
  }
}
