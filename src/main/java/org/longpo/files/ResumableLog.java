package org.longpo.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.longpo.error.UserError;

/**
 * A log from which a killed stage resumes: its {@link StageIdentity} on the first line, then one
 * entry a line. Opened again it continues after the last whole line, but only for a stage with the
 * same identity. It is read entry by entry: it may be larger than memory.
 */
public final class ResumableLog implements AutoCloseable {
  private final AppendLog log;
  private final int size;

  private ResumableLog(AppendLog log, int size) {
    this.log = log;
    this.size = size;
  }

  /** Receives the entries of a log that is opened again, in their order. */
  @FunctionalInterface
  public interface EntryReader {
    /**
     * @param where file and line of the entry, for errors
     */
    void read(String entry, String where);
  }

  /**
   * Begins a log or continues it, for a stage that needs only the number of entries.
   *
   * @throws UserError as {@link #open(Path, StageIdentity, EntryReader)}
   */
  public static ResumableLog open(Path file, StageIdentity identity) {
    try (LogLines lines = LogLines.open(file)) {
      verify(lines, file, identity);
      lines.skipAll();
      return openBehind(lines, file, identity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins a log or continues it.
   *
   * @throws UserError if it was begun with another identity, naming every difference; then, and if
   *     the reader throws, nothing is written
   */
  public static ResumableLog open(Path file, StageIdentity identity, EntryReader reader) {
    try (LogLines lines = LogLines.open(file)) {
      verify(lines, file, identity);
      readEntries(lines, file, reader);
      return openBehind(lines, file, identity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void verify(LogLines lines, Path file, StageIdentity identity) throws IOException {
    if (lines.next()) {
      identity.requireSameAs(header(file, lines.text()), file);
    }
  }

  private static ResumableLog openBehind(LogLines lines, Path file, StageIdentity identity) {
    AppendLog log = AppendLog.openAfter(lines, file);
    if (lines.count() == 0) {
      log.append(Json.line(identity));
    }
    return new ResumableLog(log, Math.max(0, lines.count() - 1));
  }

  /**
   * Makes sure that a log, if there is one, is of this identity, and changes nothing: for a stage
   * that has work to do before it opens its log.
   *
   * @throws UserError if it was begun with another identity, naming every difference
   */
  public static void verify(Path file, StageIdentity identity) {
    begunWith(file).ifPresent(begun -> identity.requireSameAs(begun, file));
  }

  /** The identity that a log was begun with; empty where there is no log. */
  public static Optional<StageIdentity> begunWith(Path file) {
    try (LogLines lines = LogLines.open(file)) {
      return lines.next() ? Optional.of(header(file, lines.text())) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the entries of a log that is closed. */
  public static void readEntries(Path file, EntryReader reader) {
    try (LogLines lines = LogLines.open(file)) {
      if (lines.next()) {
        readEntries(lines, file, reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readEntries(LogLines lines, Path file, EntryReader reader)
      throws IOException {
    while (lines.next()) {
      reader.read(lines.text(), file + ":" + lines.count());
    }
  }

  /** Copies the entries of a log that is closed, and so whole, without its identity. */
  public static void copyEntries(Path file, OutputStream out) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int read = in.read();
      while (read >= 0 && read != '\n') {
        read = in.read();
      }
      in.transferTo(out);
    }
  }

  /** The number of entries that the log had when it was opened. */
  public int size() {
    return size;
  }

  /** Appends an entry and forces it to disk. */
  public void append(String entry) {
    log.append(entry);
  }

  @Override
  public void close() {
    log.close();
  }

  private static StageIdentity header(Path file, String line) {
    try {
      return Json.parse(line, StageIdentity.class, file + ":1");
    } catch (UserError noHeader) {
      throw new UserError(
          file
              + ":1 does not state what the log was begun with, as logs of earlier versions do not:"
              + " remove the file to begin again, or give another folder.",
          noHeader);
    }
  }
}
