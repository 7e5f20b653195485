package org.longpo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;

/**
 * The folder that {@code --out} names: one run, its {@link RunRecord} and what it has computed.
 *
 * <p>The same command with the same settings resumes the run in it; another one is refused. As long
 * as the object is open no other process can write there. Open it after all other input has been
 * checked, so that wrong input creates no files.
 */
public final class RunFolder implements AutoCloseable {
  private static final String RECORD = "run.json";
  private static final String LOCK = ".lock";

  /** Files that may exist in a folder in which a run was killed before its record was written. */
  private static final Set<String> BEFORE_RECORD = Set.of(LOCK, RECORD + ".tmp");

  private final Path folder;
  private final FileChannel lock;
  private final Optional<RunRecord> earlier;

  private RunFolder(Path folder, FileChannel lock, Optional<RunRecord> earlier) {
    this.folder = folder;
    this.lock = lock;
    this.earlier = earlier;
  }

  /**
   * Makes the folder with its record, or resumes the same run.
   *
   * @throws UserError if the folder holds another run or foreign files, is a file, or is in use
   */
  public static RunFolder open(Path folder, RunRecord run) {
    refuseForeign(folder);
    FileChannel lock = lock(folder);
    try {
      Path file = folder.resolve(RECORD);
      Optional<RunRecord> earlier = record(folder);
      if (earlier.isPresent()) {
        refuseOther(folder, earlier.get().differencesTo(run));
      } else {
        AtomicFile.writeText(file, Json.pretty(run));
      }
      return new RunFolder(folder, lock, earlier);
    } catch (RuntimeException e) {
      close(lock);
      throw e;
    }
  }

  /**
   * As {@link #open(Path, RunRecord)}, with a warning if rounding may differ from its beginning.
   */
  static RunFolder open(Path folder, RunRecord run, Console console) {
    RunFolder opened = open(folder, run);
    opened.earlier().ifPresent(begun -> warnOfRounding(folder, begun, run, console));
    return opened;
  }

  private static void warnOfRounding(Path folder, RunRecord begun, RunRecord run, Console console) {
    String end = ": results may differ from those of an uninterrupted run by rounding.";
    if (!begun.versions().equals(run.versions())) {
      console.warn(folder + " was begun by another version of the program or its libraries" + end);
    }
    if (!begun.engine().equals(run.engine())) {
      console.warn(
          "%s was begun with other options of the engine (%s, now %s)%s"
              .formatted(folder, begun.engine(), run.engine(), end));
    }
  }

  /** Whether a run was begun here: then its inputs were checked as a whole already. */
  static boolean isBegun(Path folder) {
    return Files.exists(folder.resolve(RECORD));
  }

  /** The record of the run that a folder holds, if it holds one. */
  static Optional<RunRecord> record(Path folder) {
    Path file = folder.resolve(RECORD);
    return Files.exists(file) ? Optional.of(Json.read(file, RunRecord.class)) : Optional.empty();
  }

  public Path path() {
    return folder;
  }

  /**
   * The record of the run that is continued, as it was begun; empty if this is its beginning. Where
   * its versions are not {@link Versions#current}, the results may differ from those of that
   * version.
   */
  public Optional<RunRecord> earlier() {
    return earlier;
  }

  /** Releases the folder for other processes. */
  @Override
  public void close() {
    close(lock);
  }

  private static void refuseForeign(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + " is a file: give --out a folder that is empty or new.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      boolean foreign =
          !Files.exists(folder.resolve(RECORD))
              && files.anyMatch(file -> !BEFORE_RECORD.contains(file.getFileName().toString()));
      if (foreign) {
        throw new UserError(
            folder
                + " holds files that are not a run of longpo: give --out an empty or new folder.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseOther(Path folder, List<String> differences) {
    if (!differences.isEmpty()) {
      throw new UserError(
          folder
              + " holds another run, with "
              + String.join(", ", differences)
              + ": give the same settings to resume it, or another --out.");
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        channel.close();
        throw new UserError(
            "Another process works in " + folder + ": wait for it, or give another --out.");
      }
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system drops the lock with the process, however that ends. */
  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // The lock is held by this very process.
      return false;
    }
  }

  private static void close(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
