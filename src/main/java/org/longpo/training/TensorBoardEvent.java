package org.longpo.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One record of a TensorBoard event file: a TFRecord that holds an {@code Event} message of
 * tensorflow/core/util/event.proto, as far as scalars need it.
 *
 * <p>A record is the message's length (8 bytes), the length's checksum (4), the message, and its
 * checksum (4), all little-endian.
 */
final class TensorBoardEvent {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private static final int CRC_MASK = 0xa282ead8;
  private static final int FRAME_BYTES = 16;

  private TensorBoardEvent() {}

  /** What every event file begins with. */
  static byte[] fileVersion() {
    return record(new Message().number(WALL_TIME, 0.0).text(FILE_VERSION, "brain.Event:2"));
  }

  /**
   * The values of one step.
   *
   * @param wallTime seconds since 1970
   * @param scalars by tag; stored as float32
   */
  static byte[] scalars(double wallTime, long step, Map<String, Double> scalars) {
    Message summary = new Message();
    scalars.forEach(
        (tag, value) ->
            summary.message(
                SUMMARY_VALUE,
                new Message().text(VALUE_TAG, tag).number(VALUE_SIMPLE, value.floatValue())));
    return record(
        new Message().number(WALL_TIME, wallTime).integer(STEP, step).message(SUMMARY, summary));
  }

  private static byte[] record(Message message) {
    byte[] data = message.bytes();
    ByteBuffer record =
        ByteBuffer.allocate(data.length + FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedChecksum(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(maskedChecksum(data, data.length));
    return record.array();
  }

  /** CRC-32C, rotated and shifted: a checksum of data that holds checksums would be a weak one. */
  private static int maskedChecksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + CRC_MASK;
  }

  /** A protocol buffer under construction; fields by number and wire type. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    byte[] bytes() {
      return bytes.toByteArray();
    }

    Message number(int field, double value) {
      key(field, FIXED64);
      return fixed(Long.BYTES, Double.doubleToRawLongBits(value));
    }

    Message number(int field, float value) {
      key(field, FIXED32);
      return fixed(Integer.BYTES, Float.floatToRawIntBits(value));
    }

    Message integer(int field, long value) {
      key(field, VARINT);
      return varint(value);
    }

    Message text(int field, String value) {
      return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return delimited(field, value.bytes());
    }

    private Message delimited(int field, byte[] value) {
      key(field, LENGTH_DELIMITED);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void key(int field, int wireType) {
      varint((long) field << 3 | wireType);
    }

    private Message fixed(int size, long bits) {
      for (int i = 0; i < size; i++) {
        bytes.write((int) (bits >>> (8 * i)));
      }
      return this;
    }

    /** Seven bits at a time, the lowest first; the top bit says that more follow. */
    private Message varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
      return this;
    }
  }
}
