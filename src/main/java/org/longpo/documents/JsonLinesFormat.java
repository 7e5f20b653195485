package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.GitLfsPointer;
import org.longpo.files.Json;
import org.longpo.files.LineIndex;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * JSON Lines: every line is an object with the document's text in the field {@code text}, as in the
 * files of The Pile, C4 and RedPajama. Other fields are ignored, whatever they hold. A record's
 * number is its line's; so blank lines are refused.
 */
final class JsonLinesFormat implements DocumentFormat.Records {
  private static final String TEXT = "text";

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String description() {
    return "JSON Lines (*.jsonl, with the text in the field \"text\")";
  }

  @Override
  public List<String> extensions() {
    return List.of(".jsonl");
  }

  @Override
  public DocumentFormat.RecordFile open(Path file) {
    GitLfsPointer.refuse(file);
    return new Lines(file, LineIndex.of(file));
  }

  private record Lines(Path file, LineIndex index) implements DocumentFormat.RecordFile {
    @Override
    public int count() {
      return index.size();
    }

    @Override
    public String text(int record) {
      String where = file + ":" + record;
      byte[] line = index.line(record - 1);
      if (new String(line, StandardCharsets.UTF_8).isBlank()) {
        throw refused(where, "the line is blank");
      }
      return Json.stream(line, where, parser -> text(parser, where));
    }

    private static String text(JsonParser parser, String where) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw refused(where, "no JSON object");
      }
      Optional<String> text = Optional.empty();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isText = parser.currentName().equals(TEXT);
        if (isText && text.isPresent()) {
          throw refused(where, "the field \"text\" is there twice");
        }
        if (parser.nextToken() == JsonToken.VALUE_STRING && isText) {
          text = Optional.of(parser.getString());
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw refused(where, "something follows the object");
      }
      return text.orElseThrow(() -> refused(where, "there is no field \"text\" with a string"));
    }

    private static UserError refused(String where, String complaint) {
      return new UserError(
          where
              + ": "
              + complaint
              + "; every line must be an object such as {\"text\": \"...\"}, with a document's"
              + " text. If the file holds no documents, move it out of the folder, or name the"
              + " documents one by one.");
    }
  }
}
