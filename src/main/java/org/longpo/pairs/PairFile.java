package org.longpo.pairs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.GitLfsPointer;
import org.longpo.files.Json;

/**
 * The pair file: JSON Lines, one {@link PairRow} per line, read in any order.
 *
 * <p>Opening checks every line and keeps only where each one starts, so a file may be larger than
 * memory. One thread at a time.
 */
public final class PairFile implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final FileChannel channel;

  /** Byte offset of each line's start, and one past the last line break. */
  private final long[] lineOffsets;

  private PairFile(Path file, FileChannel channel, long[] lineOffsets) {
    this.file = file;
    this.channel = channel;
    this.lineOffsets = lineOffsets;
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
   *     or not ended, or if two rows have one id
   */
  public static PairFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no pair file " + file + "; longpo generate writes one.");
    }
    GitLfsPointer.refuse(file);
    try {
      long[] offsets = lineOffsets(file);
      PairFile rows = new PairFile(file, FileChannel.open(file, StandardOpenOption.READ), offsets);
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

  /** All rows of a file that fits in memory; checked as by {@link #open}. */
  public static List<PairRow> readAll(Path file) {
    try (PairFile rows = open(file)) {
      List<PairRow> all = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        all.add(rows.row(i));
      }
      return all;
    }
  }

  /** Number of rows. */
  public int size() {
    return lineOffsets.length - 1;
  }

  /** The row of line {@code index + 1}. */
  public PairRow row(int index) {
    return Json.parse(text(index), PairRow.class, file + ":" + (index + 1));
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
            file + ":" + (i + 1) + ": the id " + id + " already stands on line " + earlier + ".");
      }
    }
  }

  private String text(int index) {
    try {
      int length = Math.toIntExact(lineOffsets[index + 1] - lineOffsets[index] - 1);
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, lineOffsets[index] + bytes.position()) < 0) {
          throw new UserError(file + ":" + (index + 1) + ": the file was cut while it was read.");
        }
      }
      String text = new String(bytes.array(), StandardCharsets.UTF_8);
      // An editor may have put it there.
      return index == 0 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] lineOffsets(Path file) throws IOException {
    List<Long> offsets = new ArrayList<>();
    offsets.add(0L);
    long position = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            offsets.add(position + i + 1);
          }
        }
        position += n;
      }
    }
    if (position != offsets.getLast()) {
      throw new UserError(
          file
              + ":"
              + offsets.size()
              + ": the last line has no line break; the file was cut, restore or regenerate it.");
    }
    return offsets.stream().mapToLong(Long::longValue).toArray();
  }
}
