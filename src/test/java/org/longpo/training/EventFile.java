package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.util.Event;

/** Reads TensorBoard event files: TFRecord framing by its description, messages by TensorFlow. */
final class EventFile {
  private EventFile() {}

  static List<Event> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int start = buffer.position();
      int length = Math.toIntExact(buffer.getLong());
      assertThat(unmasked(buffer.getInt())).isEqualTo(checksum(bytes, start, Long.BYTES));
      byte[] message = Arrays.copyOfRange(bytes, buffer.position(), buffer.position() + length);
      buffer.position(buffer.position() + length);
      assertThat(unmasked(buffer.getInt())).isEqualTo(checksum(message, 0, length));
      events.add(Event.parseFrom(message));
    }
    return events;
  }

  /** The inverse of the masking: {@code unmask} of TensorFlow's crc32c.h. */
  private static int unmasked(int masked) {
    int rotated = masked - 0xa282ead8;
    return rotated >>> 17 | rotated << 15;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }
}
