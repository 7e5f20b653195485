package org.longpo.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.files.Utf8File;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * The YAML file of settings: keys with values, with lists of values, or with an object where the
 * key's type allows it; nothing else is nested.
 */
public final class OptionFile {
  private final Path file;
  private final Map<String, Key> known = new LinkedHashMap<>();
  private final Map<String, WrittenValue> given = new LinkedHashMap<>();

  private OptionFile(Path file, Collection<Key> keys) {
    this.file = file;
    keys.forEach(key -> known.putIfAbsent(key.fileName(), key));
  }

  /**
   * Reads a file.
   *
   * @param keys all there are; a value is checked against its key's type
   * @return what is given, by the keys' names, in the order of the file
   * @throws UserError naming file and line for an unknown, doubled or empty key or a wrong value
   */
  public static Map<String, WrittenValue> read(Path file, Collection<Key> keys) {
    OptionFile reader = new OptionFile(file, keys);
    String text = Utf8File.read(file).text();
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      reader.read(parser);
    } catch (JacksonException e) {
      throw new UserError(
          file
              + ":"
              + Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": this is not YAML: "
              + e.getOriginalMessage()
                  .lines()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty())
                  .findFirst()
                  .orElse("unreadable")
              + ".",
          e);
    }
    return reader.given;
  }

  private void read(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new UserError(
          at(parser) + "settings are lines of 'key: value', which this file does not begin with.");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      readOne(parser);
    }
    if (parser.nextToken() != null) {
      throw new UserError(
          at(parser) + "a file of settings has one document, a second begins here.");
    }
  }

  private void readOne(JsonParser parser) {
    int line = parser.currentTokenLocation().getLineNr();
    String name = parser.currentName();
    Key key = known.get(name);
    if (key == null) {
      throw new UserError(
          file
              + ":"
              + line
              + ": there is no setting "
              + name
              + Nearest.to(name, known.keySet())
                  .map(nearest -> "; did you mean " + nearest + "?")
                  .orElse("; longpo COMMAND --help lists them."));
    }
    WrittenValue value =
        new WrittenValue(words(parser, key), new WrittenValue.Origin.InFile(file, line));
    value.check(key);
    if (given.putIfAbsent(name, value) != null) {
      throw new UserError(value.where(key) + " is given twice; remove one of the two lines.");
    }
  }

  private List<String> words(JsonParser parser, Key key) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      List<String> words = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        words.add(word(parser, key));
      }
      return words;
    }
    if (token == JsonToken.START_OBJECT && key.type().shape() == ValueType.Shape.OBJECT) {
      return List.of(JsonText.of(YamlObject.read(parser, at(parser) + key.fileName())));
    }
    return List.of(word(parser, key));
  }

  private String word(JsonParser parser, Key key) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      throw new UserError(
          at(parser)
              + key.fileName()
              + " has no value; expected "
              + key.type().expected()
              + ", or no such line for the default.");
    }
    if (token == null || !token.isScalarValue()) {
      throw new UserError(
          at(parser) + key.fileName() + " is nested; expected " + key.type().expected() + ".");
    }
    return parser.getString();
  }

  private String at(JsonParser parser) {
    return file + ":" + Math.max(1, parser.currentTokenLocation().getLineNr()) + ": ";
  }
}
