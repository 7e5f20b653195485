/**
 * Files -> documents -> pieces -> chunks.
 *
 * <p>{@link org.longpo.documents.DocumentSource} finds and checks the documents of files and
 * folders. A {@link org.longpo.documents.DocumentFormat} reads a kind of file; all of them are
 * listed in {@link org.longpo.documents.DocumentFormats}. {@link org.longpo.documents.DocumentText}
 * is one document, {@link org.longpo.documents.PieceCutter} cuts it into pieces of the target
 * length, {@link org.longpo.documents.ChunkCutter} cuts a piece into chunks of the short context
 * and {@link org.longpo.documents.ChunkSampler} draws some of them. Nothing here copies text into
 * our own files: a piece is a {@link org.longpo.documents.DocumentSpan} of a document that is known
 * by its {@link org.longpo.documents.DocumentIdentity}, which {@link
 * org.longpo.documents.SpanReader} reads again and verifies.
 *
 * <p>Positions in text are UTF-16 units (Java's {@code char} indices) of the document's text
 * everywhere. Tokens are counted through {@link org.longpo.documents.TokenOffsets}, so that this
 * package knows no tokenizer. {@link org.longpo.documents.HoldOut} reserves text for evaluation.
 */
@NullMarked
package org.longpo.documents;

import org.jspecify.annotations.NullMarked;
