package org.longpo.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;

/**
 * A log that a killed stage goes on with: its {@link StageIdentity} on the first line, then one
 * entry a line. Opened again it goes on behind the last whole line, but only for a stage with the
 * same identity.
 */
public final class ResumableLog implements AutoCloseable {
  private final Path file;
  private final AppendLog log;
  private final List<String> entries;

  private ResumableLog(Path file, AppendLog log, List<String> entries) {
    this.file = file;
    this.log = log;
    this.entries = entries;
  }

  /**
   * Begins a log or goes on with it.
   *
   * @throws UserError if it was begun with another identity, naming every difference; then nothing
   *     is written
   */
  public static ResumableLog open(Path file, StageIdentity identity) {
    verify(file, identity);
    List<String> lines = AppendLog.readLines(file);
    AppendLog log = AppendLog.open(file, lines.size());
    if (lines.isEmpty()) {
      log.append(Json.line(identity));
    }
    return new ResumableLog(file, log, withoutHeader(lines));
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
    List<String> lines = AppendLog.readLines(file);
    return lines.isEmpty() ? Optional.empty() : Optional.of(header(file, lines.getFirst()));
  }

  /** The entries that stood in the log when it was opened. */
  public List<String> entries() {
    return entries;
  }

  /** File and line of an entry, for errors; {@code index} from 0. */
  public String where(int index) {
    return file + ":" + (index + 2);
  }

  /** Appends an entry and forces it to disk. */
  public void append(String entry) {
    log.append(entry);
  }

  /** The entries of a log that is closed, without its identity. */
  public static List<String> readEntries(Path file) {
    return withoutHeader(AppendLog.readLines(file));
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
              + ":1 does not say what the log was begun with, as one of an earlier version: remove"
              + " the file to begin anew, or give another folder.",
          noHeader);
    }
  }

  private static List<String> withoutHeader(List<String> lines) {
    return lines.isEmpty() ? List.of() : List.copyOf(lines.subList(1, lines.size()));
  }
}
