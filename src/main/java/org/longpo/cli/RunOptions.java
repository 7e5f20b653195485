package org.longpo.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.longpo.documents.DocumentFormats;
import org.longpo.documents.DocumentIdentity;
import org.longpo.documents.DocumentSource;
import org.longpo.settings.Option;
import org.longpo.settings.Schema;

/** Inputs and folder of a run: options that several commands have. */
final class RunOptions {
  /** Paths of documents. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @Option(name = "documents", meaning = "Files, or folders with such files.")
  @interface Documents {}

  /** The folder of a pair file. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @Option(
      name = "pairs",
      label = "DIR",
      decidesResult = false,
      meaning = "The folder that generate wrote, made with this very model.")
  @interface Pairs {}

  /** The run's folder. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @Option(
      name = "out",
      label = "RUN",
      decidesResult = false,
      meaning = "The run's folder: new, empty, or one of the same run, which then resumes.")
  @interface Out {}

  private static final int NAMED_DUPLICATES = 3;

  private RunOptions() {}

  /** The options of a command with the formats of documents in the help. */
  static Schema withFormats(Schema schema) {
    return schema.withMeaning("documents", DocumentFormats.ALL.help());
  }

  /**
   * The documents that were given, with a warning for those that occur twice.
   *
   * @param leftOut other files that the command reads, which are no documents, although they may
   *     lie in one of the folders
   * @throws org.longpo.error.UserError also if the run's folder lies among them: when it resumes,
   *     its own texts would be read as documents
   */
  static DocumentSource source(
      List<Path> documents, List<Path> leftOut, Path run, Console console) {
    OutputFile out = new OutputFile("--out", run);
    documents.forEach(path -> out.requireOutside(path, "--documents"));
    DocumentSource source = DocumentSource.of(documents, leftOut);
    List<DocumentIdentity> duplicates = source.duplicates();
    duplicates.stream()
        .limit(NAMED_DUPLICATES)
        .forEach(
            document ->
                console.warn(document.place() + " has the text of an earlier document; left out."));
    if (duplicates.size() > NAMED_DUPLICATES) {
      console.warn(
          String.format(
              Locale.ROOT,
              "%,d more documents have the text of an earlier one; left out.",
              duplicates.size() - NAMED_DUPLICATES));
    }
    return source;
  }
}
