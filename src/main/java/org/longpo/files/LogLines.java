package org.longpo.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The whole lines of a log, one after another, so that it may be larger than memory. A torn last
 * line (no line break) is not one; a file that does not exist has none.
 */
final class LogLines implements AutoCloseable {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int filled;
  private int count;
  private long end;

  private LogLines(InputStream in) {
    this.in = in;
  }

  static LogLines open(Path file) throws IOException {
    try {
      return new LogLines(Files.newInputStream(file));
    } catch (NoSuchFileException none) {
      // Not asked before: another process may remove the file in between.
      return new LogLines(InputStream.nullInputStream());
    }
  }

  /** Reads the next whole line; false if there is none. */
  boolean next() throws IOException {
    line.reset();
    while (position < filled || fill()) {
      int from = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, from, position - from);
      if (position < filled) {
        position++;
        count++;
        end += line.size() + 1L;
        return true;
      }
    }
    return false;
  }

  /** Moves to the end of the last whole line. */
  void skipAll() throws IOException {
    boolean more = next();
    while (more) {
      more = next();
    }
  }

  /** The line, without its line break. */
  String text() {
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Lines so far. */
  int count() {
    return count;
  }

  /** Bytes so far, line breaks included. */
  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    position = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
