package org.longpo.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.files.Json;

/**
 * Writes one safetensors file, byte for byte as the reference implementation does: tensors sorted
 * by alignment and name, so every one of them lies at a multiple of its element size, and the
 * header padded with spaces to a multiple of 8 bytes.
 */
public final class SafetensorsWriter {
  /** What transformers looks for before it loads a file. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  /** A buffer's size is an int. */
  private static final long PIECE_BYTES = 1L << 28;

  /** The reference's order of types: larger alignment first, then by its list of types. */
  private static final List<ElementType> TYPE_ORDER =
      List.of(
          ElementType.I64,
          ElementType.F64,
          ElementType.F32,
          ElementType.I32,
          ElementType.BF16,
          ElementType.F16,
          ElementType.I16,
          ElementType.I8,
          ElementType.U8,
          ElementType.BOOL);

  private SafetensorsWriter() {}

  /** Writes the tensors to a new file, one at a time. */
  public static void write(Path file, List<OutputTensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /** As {@link #write(Path, List)}, with metadata beside the format's own. */
  static void write(Path file, List<OutputTensor> tensors, Map<String, String> more)
      throws IOException {
    List<OutputTensor> sorted =
        tensors.stream()
            .sorted(
                Comparator.comparingInt((OutputTensor t) -> TYPE_ORDER.indexOf(t.type()))
                    .thenComparing(OutputTensor::name))
            .toList();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, header(sorted, more));
      for (OutputTensor tensor : sorted) {
        writeTensor(channel, tensor);
      }
    }
  }

  private static ByteBuffer header(List<OutputTensor> tensors, Map<String, String> more) {
    Map<String, String> metadata = new TreeMap<>(METADATA);
    metadata.putAll(more);
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long begin = 0;
    for (OutputTensor tensor : tensors) {
      long end = Math.addExact(begin, tensor.bytes());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.type().name());
      entry.put("shape", tensor.dimensions());
      entry.put("data_offsets", List.of(begin, end));
      header.put(tensor.name(), entry);
      begin = end;
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer buffer =
        ByteBuffer.allocate(SafetensorsFile.LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static void writeTensor(FileChannel channel, OutputTensor tensor) throws IOException {
    long start = channel.position();
    tensor
        .content()
        .writeTo(
            bytes -> {
              for (long at = 0; at < bytes.byteSize(); at += PIECE_BYTES) {
                long length = Math.min(PIECE_BYTES, bytes.byteSize() - at);
                MemorySegment piece = bytes.asSlice(at, length);
                writeFully(channel, piece.asByteBuffer());
              }
            });
    long written = channel.position() - start;
    if (written != tensor.bytes()) {
      throw new IllegalStateException(
          "tensor %s gave %d bytes, its type and shape take %d"
              .formatted(tensor.name(), written, tensor.bytes()));
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
