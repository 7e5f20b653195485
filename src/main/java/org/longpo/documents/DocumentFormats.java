package org.longpo.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longpo.error.UserError;

/**
 * The formats that documents are read in.
 *
 * @param formats the first one also reads files with an extension that no format has, if they are
 *     named one by one
 */
public record DocumentFormats(List<DocumentFormat> formats) {
  /** A new format is one more line. */
  public static final DocumentFormats ALL =
      new DocumentFormats(
          List.of(
              new TextFormat(), //
              new JsonLinesFormat()));

  public DocumentFormats {
    formats = List.copyOf(formats);
  }

  /** The format of a file that a user named. */
  DocumentFormat of(Path file) {
    return byExtension(file).orElse(formats.getFirst());
  }

  /** Whether a file found in a folder is read: by its extension, whatever its case. */
  boolean hasExtensionOf(Path file) {
    return byExtension(file).isPresent();
  }

  /** All formats in a sentence, for the help of an option. */
  public String help() {
    return formats.stream()
        .map(DocumentFormat::description)
        .collect(Collectors.joining(", ", "Files, or folders with such files: ", "; UTF-8."));
  }

  /** The extensions, for messages: {@code *.txt, *.md}. */
  String patterns() {
    return formats.stream()
        .flatMap(format -> format.extensions().stream())
        .map("*"::concat)
        .collect(Collectors.joining(", "));
  }

  /**
   * The format that read a document.
   *
   * @throws UserError if it is not among these, or is there with another version
   */
  DocumentFormat of(DocumentIdentity document) {
    DocumentFormat format =
        formats.stream()
            .filter(known -> known.name().equals(document.format()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "The document %s was read in the format '%s', which this version of longpo does not have (it has %s); use the version that generated the pairs."
                            .formatted(document.place(), document.format(), names())));
    if (format.version() != document.formatVersion()) {
      throw new UserError(
          "The document %s was read by version %d of the format '%s', this version of longpo has version %d, which may read another text; generate the pairs again."
              .formatted(
                  document.place(), document.formatVersion(), format.name(), format.version()));
    }
    return format;
  }

  private Optional<DocumentFormat> byExtension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return formats.stream()
        .filter(format -> format.extensions().stream().anyMatch(name::endsWith))
        .findFirst();
  }

  private String names() {
    return formats.stream().map(DocumentFormat::name).collect(Collectors.joining(", "));
  }
}
