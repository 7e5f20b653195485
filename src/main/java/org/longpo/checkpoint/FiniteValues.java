package org.longpo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.longpo.error.UserError;

/** Finds infinities and NaN in the bytes of tensors. */
public final class FiniteValues {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private FiniteValues() {}

  /**
   * Index of the first element that is infinite or NaN; -1 if there is none. Integers are finite.
   *
   * @param bytes whole elements, little-endian
   */
  public static long firstNotFinite(MemorySegment bytes, ElementType type) {
    // A number is not finite where every bit of its exponent is set.
    return switch (type) {
      case F64 -> firstLong(bytes, 0x7FF0_0000_0000_0000L);
      case F32 -> firstInt(bytes, 0x7F80_0000);
      case F16 -> firstShort(bytes, 0x7C00);
      case BF16 -> firstShort(bytes, 0x7F80);
      case I64, I32, I16, I8, U8, BOOL -> -1;
    };
  }

  /**
   * The same tensor, which refuses to be written with a value that is not finite.
   *
   * @param target the folder that it is written for; for the message
   */
  static OutputTensor required(OutputTensor tensor, Path target) {
    return new OutputTensor(
        tensor.name(),
        tensor.type(),
        tensor.dimensions(),
        sink -> tensor.content().writeTo(bytes -> sink.accept(checked(bytes, tensor, target))));
  }

  private static MemorySegment checked(MemorySegment bytes, OutputTensor tensor, Path target) {
    if (firstNotFinite(bytes, tensor.type()) >= 0) {
      throw new UserError(
          "%s is not written: its tensor %s has values that are not finite in %s, so the weights have diverged or are too large for this type; train with a lower learning_rate."
              .formatted(target, tensor.name(), tensor.type().configName()));
    }
    return bytes;
  }

  private static long firstLong(MemorySegment bytes, long exponent) {
    long elements = bytes.byteSize() / Long.BYTES;
    for (long i = 0; i < elements; i++) {
      if ((bytes.get(LONG, i * Long.BYTES) & exponent) == exponent) {
        return i;
      }
    }
    return -1;
  }

  private static long firstInt(MemorySegment bytes, int exponent) {
    long elements = bytes.byteSize() / Integer.BYTES;
    for (long i = 0; i < elements; i++) {
      if ((bytes.get(INT, i * Integer.BYTES) & exponent) == exponent) {
        return i;
      }
    }
    return -1;
  }

  private static long firstShort(MemorySegment bytes, int exponent) {
    long elements = bytes.byteSize() / Short.BYTES;
    for (long i = 0; i < elements; i++) {
      if ((bytes.get(SHORT, i * Short.BYTES) & exponent) == exponent) {
        return i;
      }
    }
    return -1;
  }
}
