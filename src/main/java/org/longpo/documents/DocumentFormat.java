package org.longpo.documents;

import java.nio.file.Path;
import java.util.List;

/**
 * How the documents of a kind of file are read. A new format is a class and a line of {@link
 * DocumentFormats#ALL}.
 *
 * <p>A text is read more than once: to find and check it, and again whenever it is needed. Each
 * time it must be the same; its hash is verified. Line breaks and white space are part of a text.
 */
public sealed interface DocumentFormat {
  /** Its name in identities and messages. */
  String name();

  /**
   * From 1. It must rise when the same file gives other texts than before, so that pairs made of
   * the earlier texts are refused by name.
   */
  int version();

  /** What it reads, as a part of a sentence: {@code text (*.txt, *.md)}. */
  String description();

  /** Extensions of its files, in lower case with the dot. */
  List<String> extensions();

  /** A file is one document, whose text is in the file as it is or is extracted. */
  non-sealed interface WholeFile extends DocumentFormat {
    /**
     * Reads the text.
     *
     * @throws org.longpo.error.UserError if the file cannot be read, naming it and the place in it
     */
    String text(Path file);
  }

  /** A file holds documents, which are numbered from 1. */
  non-sealed interface Records extends DocumentFormat {
    /**
     * Opens a file, which may be larger than memory.
     *
     * @throws org.longpo.error.UserError if the file cannot be read
     */
    RecordFile open(Path file);
  }

  /**
   * The records of a file. It is kept for as long as documents are read, one for every file of a
   * corpus: it knows where the records are, but keeps neither texts nor the file open. Used by
   * several threads.
   */
  interface RecordFile {
    int count();

    /**
     * Reads one text, without reading the whole file.
     *
     * @param record 1 to {@link #count()}
     * @throws org.longpo.error.UserError if the record has none, naming file and record
     */
    String text(int record);
  }
}
