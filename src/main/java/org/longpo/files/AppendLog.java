package org.longpo.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      AppendLog log = new AppendLog(channel);
      try {
        log.keep(file, keep);
      } catch (Throwable e) {
        channel.close();
        throw e;
      }
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(Path file, int keep) throws IOException {
    List<String> lines = readLines(file);
    if (lines.size() < keep) {
      throw new IllegalArgumentException(
          file + " has " + lines.size() + " lines, " + keep + " were expected");
    }
    long bytes = 0;
    for (String line : lines.subList(0, keep)) {
      bytes += line.getBytes(StandardCharsets.UTF_8).length + 1L;
    }
    channel.truncate(bytes);
    channel.position(bytes);
  }

  /** The whole lines of a log; a torn last line (no line break) is not one. Empty if no file. */
  public static List<String> readLines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      // Decoded leniently: a torn line may end in the middle of a character.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
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
