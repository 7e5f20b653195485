package org.longpo.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files byte by byte, so that they may be broken in any way. */
final class RawSafetensors {
  private RawSafetensors() {}

  /** A file whose header length is the truth. */
  static Path write(Path file, String header, int dataBytes) {
    return write(file, header.getBytes(StandardCharsets.UTF_8), new byte[dataBytes]);
  }

  static Path write(Path file, byte[] header, byte[] data) {
    return write(file, header.length, header, data);
  }

  /** A file that claims any header length. */
  static Path write(Path file, long claimedLength, byte[] header, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(claimedLength)
            .array());
    out.writeBytes(header);
    out.writeBytes(data);
    try {
      return Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One tensor's header entry. */
  static String entry(String name, String dtype, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, dtype, shape, offsets);
  }
}
