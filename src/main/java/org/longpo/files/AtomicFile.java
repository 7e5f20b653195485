package org.longpo.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Writes files and folders so that no half-written one ever has its final name. */
public final class AtomicFile {
  /** The suffix of a file's or folder's name until it is complete. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private AtomicFile() {}

  /** Writes bytes to an open stream. */
  @FunctionalInterface
  public interface StreamWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Fills a folder. */
  @FunctionalInterface
  public interface FolderWriter {
    void writeTo(Path folder) throws IOException;
  }

  /** Writes UTF-8 text to a temporary name, forces it to disk and renames it. */
  public static void writeText(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes to a temporary name beside {@code file}, forces it to disk and renames it. */
  public static void write(Path file, StreamWriter writer) {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    try {
      createParent(file);
      try (FileChannel channel =
              FileChannel.open(
                  temporary,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          OutputStream out = Channels.newOutputStream(channel)) {
        writer.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      forceParent(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills a temporary folder, forces every file in it to disk and renames it to {@code folder},
   * which must not exist yet. The remains of an earlier, killed attempt are removed first.
   */
  public static void writeFolder(Path folder, FolderWriter writer) {
    Path temporary = folder.resolveSibling(folder.getFileName() + TEMPORARY_SUFFIX);
    try {
      createParent(folder);
      deleteRecursively(temporary);
      Files.createDirectory(temporary);
      writer.writeTo(temporary);
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : files.toList()) {
          force(file);
        }
      }
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      forceParent(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file or a folder with everything in it; does nothing where there is none. */
  public static void deleteRecursively(Path path) {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void createParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private static void forceParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
