package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.longpo.checkpoint.RawSafetensors.entry;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;

class SafetensorsFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void shouldReadReferenceFileOfAllTypes() throws Exception {
    Path golden = Path.of(getClass().getResource("all-types.safetensors").toURI());
    try (SafetensorsFile opened = SafetensorsFile.open(golden)) {
      assertThat(opened.metadata()).containsOnly(Map.entry("format", "pt"));
      assertThat(opened.tensors()).hasSize(3 * ElementType.values().length + 1);
      for (ElementType type : ElementType.values()) {
        TensorEntry matrix = opened.tensor("matrix." + type.configName());
        assertThat(matrix.type()).isEqualTo(type);
        assertThat(matrix.shape()).containsExactly(3, 2);
        assertThat(matrix.data().byteSize()).isEqualTo(6L * type.bytes());
        assertThat(matrix.data().isReadOnly()).isTrue();
        TensorEntry scalar = opened.tensor("scalar." + type.configName());
        assertThat(scalar.shape()).isEmpty();
        assertThat(scalar.data().byteSize()).isEqualTo(type.bytes());
        TensorEntry empty = opened.tensor("empty." + type.configName());
        assertThat(empty.shape()).containsExactly(0, 5);
        assertThat(empty.data().byteSize()).isZero();
      }
      var floats = opened.tensor("matrix.float32").data();
      var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 6; i++) {
        assertThat(floats.getAtIndex(layout, i)).isEqualTo(i);
      }
    }
  }

  @Test
  void shouldReadFileWithoutTensors() {
    RawSafetensors.write(file, "{}", 0);
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertThat(opened.tensors()).isEmpty();
    }
  }

  @Test
  void shouldReadEmptyTensorsBetweenOthersAndHeaderPadding() {
    String header =
        "{"
            + String.join(
                ",",
                entry("late", "U8", "[2]", "[3,5]"),
                entry("empty", "F32", "[4,0]", "[3,3]"),
                entry("early", "U8", "[3]", "[0,3]"),
                entry("last", "I64", "[0]", "[5,5]"))
            + "}   ";
    RawSafetensors.write(file, header, 5);
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertThat(opened.tensors().keySet()).containsExactly("early", "empty", "late", "last");
    }
  }

  @Test
  void shouldReadTensorsBeyondTwoGigabytes() throws IOException {
    // Sparse: it needs no space on disk.
    long large = 3L << 30;
    String header =
        "{"
            + entry("large", "U8", "[" + large + "]", "[0," + large + "]")
            + ","
            + entry("after", "U8", "[4]", "[" + large + "," + (large + 4) + "]")
            + "}";
    RawSafetensors.write(file, header, 0);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(8 + header.length() + large + 4);
      access.seek(8 + header.length() + large + 3);
      access.write(77);
    }
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertThat(opened.tensor("large").data().byteSize()).isEqualTo(large);
      assertThat(opened.tensor("after").data().get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 77);
    }
  }

  static List<Arguments> brokenHeaders() {
    return List.of(
        broken("{", 0, "not valid JSON"),
        broken("", 0, "header is missing"),
        broken("[]", 0, "expected an object"),
        broken("null", 0, "expected an object"),
        broken("{} {}", 0, "there is text after"),
        broken("{\"a\": 5}", 0, "tensor a is a whole number, expected an object"),
        broken("{\"a\": {}}", 0, "lacks dtype"),
        broken("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "lacks shape"),
        broken("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks data_offsets"),
        broken(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}",
            4,
            "unknown key x"),
        broken("{" + entry("a", "F8_E4M3", "[4]", "[0,4]") + "}", 4, "element type F8_E4M3"),
        broken("{\"a\":{\"dtype\":7}}", 0, "dtype is a whole number, expected a text"),
        broken("{" + entry("a", "F32", "5", "[0,4]") + "}", 4, "expected a list"),
        broken("{" + entry("a", "F32", "[1.5]", "[0,4]") + "}", 4, "number with a fraction"),
        broken("{" + entry("a", "F32", "[[1]]", "[0,4]") + "}", 4, "shape is a list"),
        broken("{" + entry("a", "F32", "[-1]", "[0,4]") + "}", 4, "negative number -1"),
        broken("{" + entry("a", "F32", "[1]", "[0]") + "}", 4, "has 1 data_offsets"),
        broken("{" + entry("a", "F32", "[1]", "[0,4,8]") + "}", 4, "has 3 data_offsets"),
        broken("{" + entry("a", "F32", "[1]", "[4,0]") + "}", 4, "spans the bytes 4 to 0"),
        broken("{" + entry("a", "F32", "[2]", "[0,4]") + "}", 4, "needs 8 bytes"),
        broken("{" + entry("a", "F32", "[1]", "[0,8]") + "}", 8, "needs 4 bytes"),
        broken(
            "{" + entry("a", "F32", "[99999999999999999999]", "[0,4]") + "}", 4, "beyond 64 bits"),
        broken("{" + entry("a", "F32", "[1]", "[0,18446744073709551616]") + "}", 4, "64 bits"),
        broken(
            "{" + entry("a", "F32", "[4294967296,4294967296]", "[0,0]") + "}",
            0,
            "size is beyond 64 bits"),
        broken(
            "{" + entry("a", "F32", "[4611686018427387904]", "[0,0]") + "}",
            0,
            "size is beyond 64 bits"),
        broken("{" + entry("a", "F32", "[1]", "[4,8]") + "}", 8, "gap"),
        broken(
            "{" + entry("a", "U8", "[2]", "[0,2]") + "," + entry("b", "U8", "[2]", "[3,5]") + "}",
            5,
            "tensor b begins at byte 3, where 2 was expected; tensors have a gap"),
        broken(
            "{" + entry("a", "U8", "[2]", "[0,2]") + "," + entry("b", "U8", "[2]", "[1,3]") + "}",
            3,
            "tensor b begins at byte 1, where 2 was expected; tensors overlap"),
        broken(
            "{" + entry("a", "U8", "[2]", "[0,2]") + "," + entry("b", "U8", "[2]", "[0,2]") + "}",
            2,
            "overlap"),
        broken("{" + entry("a", "F32", "[2]", "[0,8]") + "}", 7, "it is cut off"),
        broken("{" + entry("a", "F32", "[2]", "[0,8]") + "}", 9, "was appended to"),
        broken("{}", 1, "was appended to"),
        broken(
            "{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("a", "U8", "[1]", "[1,2]") + "}",
            2,
            "Duplicate"),
        broken("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"F32\"}}", 0, "Duplicate"),
        broken("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "Duplicate"),
        broken("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__.a is a whole number"),
        broken("{\"__metadata__\":[]}", 0, "__metadata__ is a list"),
        broken("{\"__metadata__\":{\"a\":" + "[".repeat(100_000) + "}}", 0, "__metadata__.a"),
        broken("[".repeat(1_000_000), 0, "expected an object"),
        broken("{\"a\":".repeat(1_000_000), 0, "tensor a has an unknown key a"));
  }

  private static Arguments broken(String header, int dataBytes, String reason) {
    return Arguments.of(header, dataBytes, reason);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("brokenHeaders")
  void shouldRefuseBrokenHeader(String header, int dataBytes, String reason) {
    RawSafetensors.write(file, header, dataBytes);

    assertRefused(reason);
  }

  @Test
  void shouldAnswerDamagedHeadersWithATilingOrAnError() throws Exception {
    Path golden = Path.of(getClass().getResource("all-types.safetensors").toURI());
    byte[] bytes = Files.readAllBytes(golden);
    int headerBytes = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header = Arrays.copyOfRange(bytes, 8, 8 + headerBytes);
    int dataBytes = bytes.length - 8 - headerBytes;
    byte[] alphabet = "0123456789,:[]{}\"\\-e. \u00e9".getBytes(StandardCharsets.UTF_8);
    Random random = new Random(5);
    int refused = 0;
    for (int attempt = 0; attempt < 5000; attempt++) {
      byte[] damaged = header.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        damaged[random.nextInt(damaged.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      try {
        long covered = 0;
        for (var span :
            SafetensorsHeader.parse(ByteBuffer.wrap(damaged), dataBytes, "x").tensors().values()) {
          assertThat(span.begin()).isEqualTo(covered);
          covered = span.end();
        }
        assertThat(covered).isEqualTo(dataBytes);
      } catch (UserError e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void shouldRefuseHeaderLengthBeyondFile() {
    RawSafetensors.write(file, 100, new byte[] {'{', '}'}, new byte[0]);
    assertRefused("claims 100 bytes, but only 2 follow");
  }

  @Test
  void shouldRefuseHeaderLengthBeyondLimitOrSigned() {
    RawSafetensors.write(file, 100_000_001, new byte[] {'{', '}'}, new byte[0]);
    assertRefused("claims 100000001 bytes, at most 100000000 are allowed");
    RawSafetensors.write(file, -1, new byte[] {'{', '}'}, new byte[0]);
    assertRefused("claims 18446744073709551615 bytes");
  }

  @Test
  void shouldRefuseHeaderThatIsNotUtf8() {
    RawSafetensors.write(file, new byte[] {'{', '"', (byte) 0xFF, '"', '}'}, new byte[0]);
    assertRefused("not valid UTF-8");
    // UTF-16 is JSON to some readers.
    RawSafetensors.write(file, new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '{', 0, '}'}, new byte[0]);
    assertRefused("not valid UTF-8");
  }

  @Test
  void shouldRefuseFileTooShortForHeaderLength() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    assertRefused("has 3 bytes");
    Files.write(file, new byte[0]);
    assertRefused("has 0 bytes");
  }

  @Test
  void shouldRefuseMissingFileAndFolder() {
    assertRefused("no weights file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no weights file");
  }

  @Test
  void shouldMakeMemoryUnreachableOnceClosed() {
    RawSafetensors.write(file, "{" + entry("a", "U8", "[1]", "[0,1]") + "}", 1);
    SafetensorsFile opened = SafetensorsFile.open(file);
    TensorEntry tensor = opened.tensor("a");
    opened.close();

    assertThatThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }
}
