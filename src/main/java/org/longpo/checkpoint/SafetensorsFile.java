package org.longpo.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.longpo.error.UserError;
import org.longpo.files.GitLfsPointer;

/**
 * A safetensors file, mapped into memory and validated before it is used.
 *
 * <p>Layout: 8 bytes with the header's length (little-endian, unsigned), the header (UTF-8 JSON,
 * see {@link SafetensorsHeader}), then the tensors' bytes without gaps. The file may be larger than
 * 2 GB; nothing is copied, pages are read when they are touched.
 */
public final class SafetensorsFile implements AutoCloseable {
  /** The limit of the reference implementation: 100 MB. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  static final int LENGTH_BYTES = Long.BYTES;

  private final Path file;
  private final Arena arena;
  private final Map<String, String> metadata;
  private final Map<String, TensorEntry> tensors;

  private SafetensorsFile(
      Path file, Arena arena, Map<String, String> metadata, Map<String, TensorEntry> tensors) {
    this.file = file;
    this.arena = arena;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /**
   * Maps and validates a file.
   *
   * @throws UserError if there is no such file or it breaks the format in any way
   */
  @SuppressWarnings("MustBeClosedChecker") // The arena is open as long as this object.
  public static SafetensorsFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no weights file " + file + ".");
    }
    GitLfsPointer.refuse(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long fileBytes = channel.size();
      ByteBuffer headerBytes = readHeader(file, channel, fileBytes);
      long dataStart = LENGTH_BYTES + (long) headerBytes.remaining();
      SafetensorsHeader header =
          SafetensorsHeader.parse(headerBytes, fileBytes - dataStart, file.toString());
      // Shared: layers are read and released by several threads.
      Arena arena = Arena.ofShared();
      try {
        MemorySegment mapped =
            channel.map(FileChannel.MapMode.READ_ONLY, 0, fileBytes, arena).asSlice(dataStart);
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        header
            .tensors()
            .forEach(
                (name, span) ->
                    tensors.put(
                        name,
                        new TensorEntry(
                            name,
                            span.type(),
                            span.dimensions(),
                            mapped.asSlice(span.begin(), span.end() - span.begin()))));
        return new SafetensorsFile(
            file, arena, header.metadata(), Collections.unmodifiableMap(tensors));
      } catch (IOException | RuntimeException e) {
        arena.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError("The weights file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The header's bytes, after a check of their length. */
  private static ByteBuffer readHeader(Path file, FileChannel channel, long fileBytes)
      throws IOException {
    if (fileBytes < LENGTH_BYTES) {
      throw new UserError(
          file
              + " is not a safetensors file: it has "
              + fileBytes
              + " bytes, fewer than a header.");
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, 0);
    long headerBytes = length.flip().getLong();
    if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
      throw new UserError(
          "%s: the header claims %s bytes, at most %d are allowed; the file is damaged or not a safetensors file."
              .formatted(file, Long.toUnsignedString(headerBytes), MAX_HEADER_BYTES));
    }
    if (headerBytes > fileBytes - LENGTH_BYTES) {
      throw new UserError(
          "%s: the header claims %d bytes, but only %d follow; the file is cut off or not a safetensors file."
              .formatted(file, headerBytes, fileBytes - LENGTH_BYTES));
    }
    ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
    readFully(channel, header, LENGTH_BYTES);
    return header.flip();
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    while (into.hasRemaining()) {
      int read = channel.read(into, position + into.position());
      if (read < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }

  /** The path of the file. */
  public Path file() {
    return file;
  }

  /** The header's free-form metadata, such as {@code format: pt}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors by name, in the order of their bytes. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /**
   * A tensor by name.
   *
   * @throws UserError if the file has none of this name
   */
  public TensorEntry tensor(String name) {
    TensorEntry tensor = tensors.get(name);
    if (tensor == null) {
      throw new UserError("The weights file " + file + " has no tensor " + name + ".");
    }
    return tensor;
  }

  /** Unmaps the file; its tensors' memory must not be touched afterwards. */
  @Override
  public void close() {
    arena.close();
  }
}
