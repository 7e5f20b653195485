package org.longpo.pairs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.GitLfsPointer;
import org.longpo.files.Json;
import org.longpo.files.LineIndex;
import tools.jackson.databind.JsonNode;

/**
 * The pair file: JSON Lines, one {@link PairRow} per line, read in any order.
 *
 * <p>Opening checks every line and keeps only where each one starts, so a file may be larger than
 * memory. One thread at a time.
 */
public final class PairFile implements AutoCloseable {
  /**
   * Version of the rows and of the manifest: docs/pair-file.md. It rises with every change that an
   * earlier reader would not understand, or understand otherwise.
   */
  public static final int VERSION = 3;

  private final Path file;
  private final FileChannel channel;
  private final LineIndex lines;

  private PairFile(Path file, FileChannel channel, LineIndex lines) {
    this.file = file;
    this.channel = channel;
    this.lines = lines;
  }

  /**
   * The line of a row, without the line break; doubles are written so that they read back equal.
   */
  public static String line(PairRow row) {
    return Json.line(row);
  }

  /** Hands over the rows of a file one after another: they need not fit into memory. */
  @FunctionalInterface
  public interface RowSource {
    void forEach(Consumer<PairRow> rows);
  }

  /** Writes a whole file. */
  public static void write(Path file, RowSource source) {
    AtomicFile.write(
        file,
        out ->
            source.forEach(row -> write(out, (line(row) + "\n").getBytes(StandardCharsets.UTF_8))));
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a file and checks all of it.
   *
   * @throws UserError naming file and line if the file is missing or empty, if a line is not a row
   *     or not ended, if a row is of another version, or if two rows have one id
   */
  public static PairFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no pair file " + file + "; longpo generate writes one.");
    }
    GitLfsPointer.refuse(file);
    LineIndex lines = LineIndex.of(file);
    if (!lines.endsWithLineBreak()) {
      throw new UserError(
          file
              + ":"
              + lines.size()
              + ": the last line has no line break; the file was cut, restore or regenerate it.");
    }
    try {
      PairFile rows = new PairFile(file, FileChannel.open(file, StandardOpenOption.READ), lines);
      try {
        rows.check();
      } catch (RuntimeException e) {
        rows.close();
        throw e;
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of rows. */
  public int size() {
    return lines.size();
  }

  /** The row of line {@code index + 1}. */
  public PairRow row(int index) {
    String where = file + ":" + (index + 1);
    byte[] line = line(index);
    try {
      return Json.parse(line, PairRow.class, where);
    } catch (UserError notARow) {
      PairVersion.require(Json.parse(line, JsonNode.class, where), where, "id");
      throw notARow;
    }
  }

  /**
   * Checks that the answers' tokens are a model's.
   *
   * @param vocabularySize rows of the model's embedding: ids must be below
   * @param model its folder, for the error
   * @throws UserError naming file, line and the first id that is not
   */
  public void requireTokensOf(int vocabularySize, Path model) {
    for (int i = 0; i < size(); i++) {
      for (Pair pair : row(i).pairs()) {
        for (int token : concatenated(pair.chosen().tokens(), pair.rejected().tokens())) {
          if (token >= vocabularySize) {
            throw new UserError(
                "%s:%d: an answer has the token id %d, and the embedding of the model %s has %d rows, for the ids 0 to %d; use the model whose tokenizer made the pairs."
                    .formatted(file, i + 1, token, model, vocabularySize, vocabularySize - 1));
          }
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] concatenated(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private void check() {
    if (size() == 0) {
      throw new UserError(file + " holds no pairs.");
    }
    Map<String, Integer> lineOfId = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      String id = row(i).id();
      Integer earlier = lineOfId.putIfAbsent(id, i + 1);
      if (earlier != null) {
        throw new UserError(
            file + ":" + (i + 1) + ": the id " + id + " is already on line " + earlier + ".");
      }
    }
  }

  private byte[] line(int index) {
    try {
      return lines.line(channel, index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
