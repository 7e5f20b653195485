package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longpo.error.UserError;

class FiniteValuesTest {
  @TempDir Path folder;

  /** Bit patterns of each type: largest, smallest subnormal, negative zero; then what is not. */
  private static long[] finite(ElementType type) {
    return switch (type) {
      case F64 -> new long[] {Double.doubleToRawLongBits(Double.MAX_VALUE), 1, Long.MIN_VALUE};
      case F32 -> new long[] {0x7F7F_FFFFL, 1, 0x8000_0000L};
      case F16 -> new long[] {0x7BFF, 1, 0x8000};
      case BF16 -> new long[] {0x7F7F, 1, 0x8000};
      case I64, I32, I16, I8, U8, BOOL -> new long[] {-1, 0, 1};
    };
  }

  private static long[] notFinite(ElementType type) {
    return switch (type) {
      case F64 ->
          new long[] {
            Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
            Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
            Double.doubleToRawLongBits(Double.NaN)
          };
      case F32 -> new long[] {0x7F80_0000L, 0xFF80_0000L, 0x7FC0_0000L};
      case F16 -> new long[] {0x7C00, 0xFC00, 0x7E00};
      case BF16 -> new long[] {0x7F80, 0xFF80, 0x7FC0};
      case I64, I32, I16, I8, U8, BOOL -> new long[] {};
    };
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void shouldFindFirstElementThatIsNotFinite(ElementType type) {
    long[] finite = finite(type);
    assertThat(FiniteValues.firstNotFinite(bytes(type, finite), type)).isEqualTo(-1);
    for (long bits : notFinite(type)) {
      MemorySegment bytes = bytes(type, finite[0], finite[1], bits, finite[2], bits);
      assertThat(FiniteValues.firstNotFinite(bytes, type)).isEqualTo(2);
    }
  }

  @Test
  void shouldWriteNoModelWithValueThatIsNotFinite() {
    Path source = TinyModel.write(folder.resolve("source"), TinyModel.llamaConfig(""));
    List<OutputTensor> tensors =
        new ArrayList<>(TinyModel.tensors(TinyModel.llamaConfig(""), ElementType.F16));
    OutputTensor spoilt = tensors.removeLast();
    tensors.add(
        new OutputTensor(
            spoilt.name(),
            spoilt.type(),
            spoilt.dimensions(),
            sink ->
                spoilt
                    .content()
                    .writeTo(
                        bytes -> {
                          MemorySegment copy =
                              MemorySegment.ofArray(new byte[(int) bytes.byteSize()]);
                          copy.copyFrom(bytes);
                          copy.asByteBuffer()
                              .order(ByteOrder.LITTLE_ENDIAN)
                              .putShort(2, (short) 0x7C00);
                          sink.accept(copy);
                        })));
    Path target = folder.resolve("target");
    assertThatThrownBy(
            () -> CheckpointWriter.write(source, ExportSettings.unchanged(), tensors, target))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining(spoilt.name())
        .hasMessageContaining("not finite");
    assertThat(target).doesNotExist();
  }

  private static MemorySegment bytes(ElementType type, long... elements) {
    ByteBuffer buffer =
        ByteBuffer.allocate(elements.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long element : elements) {
      switch (type.bytes()) {
        case 8 -> buffer.putLong(element);
        case 4 -> buffer.putInt((int) element);
        case 2 -> buffer.putShort((short) element);
        default -> buffer.put((byte) element);
      }
    }
    return MemorySegment.ofArray(buffer.array());
  }
}
