package org.longpo.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines that grows while a job runs and survives {@code kill -9}: every line is on disk
 * before {@link #append} returns, and opening the file again drops a torn last line.
 */
public final class AppendLog implements AutoCloseable {
  private final FileChannel channel;
  private int lines;

  private AppendLog(FileChannel channel, int lines) {
    this.channel = channel;
    this.lines = lines;
  }

  /**
   * Opens a log, keeps its first {@code keep} lines and cuts off the rest.
   *
   * @throws IllegalArgumentException if it has fewer whole lines than {@code keep}
   */
  public static AppendLog open(Path file, int keep) {
    try (LogLines lines = LogLines.open(file)) {
      while (lines.count() < keep) {
        if (!lines.next()) {
          throw new IllegalArgumentException(
              file + " has " + lines.count() + " lines, " + keep + " were expected");
        }
      }
      return openAfter(lines, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a log and cuts off everything after the lines that were read. */
  static AppendLog openAfter(LogLines read, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        channel.truncate(read.end());
        channel.position(read.end());
      } catch (Throwable e) {
        channel.close();
        throw e;
      }
      return new AppendLog(channel, read.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The whole lines of a log that fits in memory; a torn last line (no line break) is not one.
   * Empty if no file.
   */
  public static List<String> readLines(Path file) {
    try (LogLines lines = LogLines.open(file)) {
      List<String> all = new ArrayList<>();
      while (lines.next()) {
        all.add(lines.text());
      }
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends one line and forces it to disk. */
  public void append(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line must not contain a line break");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole lines in the file. */
  public int lines() {
    return lines;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
