package org.longpo.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/**
 * Reads documents and spans of them again by their identity, and refuses a text that is not the one
 * of the identity.
 *
 * <p>Keeps the last document, since the spans of one document are usually read one after the other,
 * and where the records of the files are. Safe to share by threads.
 */
public final class SpanReader {
  private final DocumentFormats formats;
  private final Map<Path, DocumentFormat.RecordFile> recordFiles = new ConcurrentHashMap<>();
  private volatile @Nullable DocumentText last;

  public SpanReader() {
    this(DocumentFormats.ALL);
  }

  /**
   * @param formats that the documents were found with
   */
  public SpanReader(DocumentFormats formats) {
    this.formats = formats;
  }

  /**
   * The text of a piece.
   *
   * @throws UserError if the document is missing or has another text than when the span was cut, if
   *     its format is not known, or if the text ends before the span
   */
  public String text(DocumentSpan span) {
    return range(span, span.startChar(), span.endChar());
  }

  /** The text of a chunk of a piece; errors as of {@link #text(DocumentSpan)}. */
  public String text(DocumentSpan piece, ChunkSpan chunk) {
    if (!chunk.isInside(piece)) {
      throw new IllegalArgumentException(chunk + " is not inside " + piece);
    }
    return range(piece, chunk.startChar(), chunk.endChar());
  }

  /** A whole document; errors as of {@link #text(DocumentSpan)}. */
  public DocumentText document(DocumentIdentity identity) {
    DocumentText kept = last;
    if (kept != null && kept.identity().equals(identity)) {
      return kept;
    }
    Path file = identity.file();
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          "The document " + file + " is missing; put it back or generate the pairs again.");
    }
    DocumentFormat format = formats.of(identity);
    DocumentText read =
        DocumentText.of(file, identity.record(), format, text(identity, file, format));
    if (!read.identity().sha256().equals(identity.sha256())) {
      throw changed(
          identity,
          "its text has SHA-256 %s, expected %s"
              .formatted(read.identity().sha256(), identity.sha256()));
    }
    last = read;
    return read;
  }

  private String text(DocumentIdentity identity, Path file, DocumentFormat format) {
    OptionalInt record = identity.record();
    return switch (format) {
      case DocumentFormat.WholeFile whole when record.isEmpty() -> whole.text(file);
      case DocumentFormat.Records records when record.isPresent() -> {
        DocumentFormat.RecordFile open = recordFiles.computeIfAbsent(file, records::open);
        if (record.getAsInt() > open.count()) {
          throw changed(identity, "the file has %d records".formatted(open.count()));
        }
        yield record(identity, open);
      }
      case DocumentFormat.WholeFile whole ->
          throw new UserError(
              "The document %s has a record number, but files of the format '%s' are one document each; generate the pairs again."
                  .formatted(identity.place(), whole.name()));
      case DocumentFormat.Records records ->
          throw new UserError(
              "The document %s has no record number, but files of the format '%s' hold many documents; generate the pairs again."
                  .formatted(identity.place(), records.name()));
    };
  }

  /**
   * It was a document when it was found: where it is none now, the file was written again. The
   * place in a message would then be one of the earlier file.
   */
  private static String record(DocumentIdentity identity, DocumentFormat.RecordFile file) {
    try {
      return file.text(identity.record().orElseThrow());
    } catch (UserError e) {
      UserError changed = changed(identity, "the record cannot be read any more");
      changed.initCause(e);
      throw changed;
    }
  }

  private String range(DocumentSpan span, int startChar, int endChar) {
    String text = document(span.document()).text();
    if (span.endChar() > text.length()) {
      throw new UserError(
          "The span %d..%d is not inside the document %s, which has %d characters."
              .formatted(span.startChar(), span.endChar(), span.document().place(), text.length()));
    }
    return text.substring(startChar, endChar);
  }

  private static UserError changed(DocumentIdentity identity, String difference) {
    return new UserError(
        "The document %s has changed (%s); put it back or generate the pairs again."
            .formatted(identity.place(), difference));
  }
}
