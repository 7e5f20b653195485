package org.longpo.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.longpo.error.UserError;

/**
 * Where each line of a file begins, so that lines can be read in any order and the file may be
 * larger than memory: eight bytes are kept for a line.
 */
public final class LineIndex {
  /** Of a line: arrays cannot be longer on every Java platform. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;

  /** Byte offset of each line's start, and one past the end of the last line. */
  private final long[] offsets;

  private final boolean endsWithLineBreak;

  private LineIndex(Path file, long[] offsets, boolean endsWithLineBreak) {
    this.file = file;
    this.offsets = offsets;
    this.endsWithLineBreak = endsWithLineBreak;
  }

  /**
   * Reads a file once.
   *
   * @throws UserError if it cannot be read
   */
  public static LineIndex of(Path file) {
    long[] starts = new long[16];
    int lines = 0;
    long position = 0;
    boolean inLine = false;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (!inLine) {
            if (lines + 1 == starts.length) {
              starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[lines++] = position + i;
          }
          inLine = buffer[i] != '\n';
        }
        position += read;
      }
    } catch (IOException e) {
      throw Utf8File.unreadable(file, e);
    }
    starts[lines] = position;
    return new LineIndex(file, Arrays.copyOf(starts, lines + 1), !inLine);
  }

  /** Number of lines; one without a line break at the end of the file is one. */
  public int size() {
    return offsets.length - 1;
  }

  /** Whether the last line has a line break; true for an empty file. */
  public boolean endsWithLineBreak() {
    return endsWithLineBreak;
  }

  /**
   * Opens the file and reads a line; see {@link #line(FileChannel, int)}.
   *
   * @throws UserError if the file cannot be read, or was cut meanwhile
   */
  public byte[] line(int index) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return line(channel, index);
    } catch (IOException e) {
      throw Utf8File.unreadable(file, e);
    }
  }

  /**
   * Reads a line without its line break; the first one without a byte order mark, which an editor
   * may have put there.
   *
   * @param channel of the file
   * @param index from 0
   * @throws UserError if the file was cut meanwhile, or the line is too long to be read
   */
  public byte[] line(FileChannel channel, int index) throws IOException {
    boolean hasLineBreak = index + 1 < size() || endsWithLineBreak;
    long length = offsets[index + 1] - offsets[index] - (hasLineBreak ? 1 : 0);
    if (length > MOST_BYTES) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s:%d: the line has %,d bytes, and at most %,d can be read; divide it.",
              file,
              index + 1,
              length,
              MOST_BYTES));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offsets[index] + bytes.position()) < 0) {
        throw new UserError(file + ":" + (index + 1) + ": the file was cut while it was read.");
      }
    }
    return index == 0 ? Utf8File.withoutByteOrderMark(bytes.array()) : bytes.array();
  }
}
