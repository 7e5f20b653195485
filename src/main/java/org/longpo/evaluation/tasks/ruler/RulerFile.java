package org.longpo.evaluation.tasks.ruler;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

/**
 * Samples that RULER's own scripts made: JSON Lines of {@code index}, {@code input}, {@code
 * outputs}, {@code length}, {@code answer_prefix}, and more that is not read. A file of long
 * contexts may be larger than memory, so that only the places of its lines are kept.
 *
 * @param lines those that are not blank, in the order of the file
 */
record RulerFile(Path path, String sha256, List<Line> lines) {
  private static final int BUFFER = 1 << 16;

  /**
   * Where a line is.
   *
   * @param number from 1; names the sample, as {@code index} does not name one in every file
   * @param start its first byte
   * @param bytes without the line break
   */
  record Line(int number, long start, int bytes) {}

  RulerFile {
    lines = List.copyOf(lines);
  }

  /**
   * Finds the lines of a file and its hash.
   *
   * @throws UserError if it has none
   */
  static RulerFile open(Path path) {
    MessageDigest digest = Sha256.digest();
    List<Line> lines = new ArrayList<>();
    try (InputStream in =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(path), digest), BUFFER)) {
      long start = 0;
      for (int number = 1, read = 0; read >= 0; number++) {
        boolean blank = true;
        long end = start;
        for (read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
          blank &= Character.isWhitespace(read);
          end++;
        }
        if (!blank) {
          lines.add(new Line(number, start, Math.toIntExact(end - start)));
        }
        start = end + 1;
      }
    } catch (IOException e) {
      throw new UserError(path + " cannot be read: " + e.getMessage() + ".", e);
    }
    if (lines.isEmpty()) {
      throw new UserError(path + " has no sample; it must have one on every line.");
    }
    return new RulerFile(path, Sha256.of(digest), lines);
  }

  /**
   * Reads a line.
   *
   * @throws UserError with file, line and field if something is missing or of another type
   */
  RulerSample sample(Line line) {
    String where = path + ":" + line.number();
    JsonNode row = Json.parse(bytes(line), JsonNode.class, where);
    require(row.path("index").isIntegralNumber(), where, "index", "a whole number");
    require(row.path("input").isString(), where, "input", "a text");
    require(row.path("length").isIntegralNumber(), where, "length", "a whole number");
    require(row.path("answer_prefix").isString(), where, "answer_prefix", "a text");
    JsonNode outputs = row.path("outputs");
    boolean isListOfTexts = outputs.isArray() && !outputs.isEmpty();
    List<String> references = new ArrayList<>();
    for (JsonNode output : outputs) {
      isListOfTexts &= output.isString();
      references.add(output.asString(""));
    }
    require(isListOfTexts, where, "outputs", "a list of at least one text");
    return new RulerSample(
        row.path("input").asString(), row.path("answer_prefix").asString(), references);
  }

  private static void require(boolean valid, String where, String field, String expected) {
    if (!valid) {
      throw new UserError(
          "%s: the field %s must be %s; write the file again with RULER's scripts."
              .formatted(where, field, expected));
    }
  }

  private byte[] bytes(Line line) {
    byte[] bytes = new byte[line.bytes()];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(line.start());
      file.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("while reading line " + line.number() + " of " + path, e);
    }
  }
}
