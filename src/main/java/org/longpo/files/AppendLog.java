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

  private AppendLog(FileChannel channel) {
    this.channel = channel;
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
      return openAt(file, lines.end());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a log and cuts off what stands behind its first so many bytes. */
  static AppendLog openAt(Path file, long bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        channel.truncate(bytes);
        channel.position(bytes);
      } catch (Throwable e) {
        channel.close();
        throw e;
      }
      return new AppendLog(channel);
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
}
