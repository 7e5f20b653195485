package org.longpo.documents;

import java.nio.file.Path;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.files.GitLfsPointer;
import org.longpo.files.Json;
import org.longpo.files.LineIndex;
import tools.jackson.databind.JsonNode;

/**
 * JSON Lines: every line is an object with the document's text in the field {@code text}, as in the
 * files of The Pile, C4 and RedPajama. Other fields are ignored. A record's number is its line's.
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
      JsonNode line = Json.parse(index.line(record - 1), JsonNode.class, where);
      JsonNode text = line.path(TEXT);
      if (!text.isString()) {
        throw new UserError(
            where
                + ": "
                + (line.isObject() ? "there is no field \"text\" with a string" : "no JSON object")
                + "; every line must be an object such as {\"text\": \"...\"}, with a document's"
                + " text.");
      }
      return text.stringValue();
    }
  }
}
