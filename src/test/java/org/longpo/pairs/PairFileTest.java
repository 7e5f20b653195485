package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.TestDocuments;
import org.longpo.error.UserError;
import org.longpo.inference.TokenOrigin;

class PairFileTest {
  @TempDir Path folder;

  static final String HASH = "ab".repeat(32);

  static PairRow row(int start) {
    Answer chosen =
        new Answer(
            "Zwölf 🌲 \"quoted\"\nlines",
            new int[] {5, 0, 31_999},
            TokenOrigin.SAMPLED,
            true,
            new double[] {-0.1, -1.0 / 3, -4.9e-324},
            Optional.of(new double[] {-Math.PI, -1e-17, -123456.789012345678}));
    Answer rejected =
        new Answer(
            "No.",
            new int[] {7},
            TokenOrigin.ENCODED,
            false,
            new double[] {-2.5},
            Optional.empty());
    DocumentSpan document =
        new DocumentSpan(TestDocuments.identity("/books/a b.txt", HASH), start, start + 900, 210);
    return new PairRow(
        document.id(),
        document,
        1e7,
        List.of(new Pair(new ChunkSpan(start, start + 90, 20), "Who? Why?", chosen, rejected)));
  }

  @Test
  void shouldReadBackEqualRowsInAnyOrder() {
    Path file = folder.resolve("pairs.jsonl");
    PairFile.write(file, List.of(row(0), row(900), row(1800))::forEach);
    try (PairFile rows = PairFile.open(file)) {
      assertThat(rows.size()).isEqualTo(3);
      assertThat(rows.row(2)).isEqualTo(row(1800));
      assertThat(rows.row(0)).isEqualTo(row(0));
    }
    PairRow read = PairRows.readAll(file).getFirst();
    // isEqualTo on doubles is exact: what is trained on is what the reference computed.
    assertThat(read.pairs().getFirst().chosen().referenceShort())
        .isEqualTo(row(0).pairs().getFirst().chosen().referenceShort());
    assertThat(read.pairs().getFirst().chosen().referenceLong())
        .contains(row(0).pairs().getFirst().chosen().referenceLong().orElseThrow());
  }

  @Test
  void shouldWriteSnakeCaseKeysOnOneLine() {
    assertThat(PairFile.line(row(0)))
        .doesNotContain("\n")
        .startsWith(
            "{\"version\":3,\"id\":\""
                + row(0).id()
                + "\",\"piece\":{\"document\":{\"path\":\"/books/a b.txt\",\"record\":null")
        .contains(
            "\"start_char\":0",
            "\"rejected_rope_theta\":1.0E7",
            "\"tokens\":[5,0,31999],\"tokens_from\":\"sampled\",\"ended\":true",
            "\"tokens\":[7],\"tokens_from\":\"encoded\",\"ended\":false",
            "\"reference_short\":[-2.5]",
            "\"reference_long\":null");
  }

  @Test
  void shouldRefusePairOfTwiceTheSameAnswer() throws IOException {
    String line = PairFile.line(row(0));
    String chosen = line.substring(line.indexOf("\"chosen\":") + 9, line.indexOf(",\"rejected\""));
    String rejected = line.substring(line.indexOf("\"rejected\":") + 11, line.length() - 3);
    Path file = folder.resolve("pairs.jsonl");
    Files.writeString(file, line + "\n" + line.replace(rejected, chosen) + "\n");
    assertThatThrownBy(() -> PairFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":2: ")
        .hasMessageContaining("pairs[0]: chosen and rejected are the same answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"ended\":true|\"ended\":true,\"finished\":true|finished",
        "\"ended\":true,||ended",
        "\"tokens_from\":\"encoded\",||tokens_from",
        "\"tokens_from\":\"encoded\"|\"tokens_from\":\"guessed\"|tokens_from",
        "\"start_char\":0,\"end_char\":900|\"start_char\":0,\"end_char\":null|end_char",
        "\"tokens\":[7]|\"tokens\":[7,8]|reference_short has 1 values for 2 tokens",
        "\"tokens\":[7]|\"tokens\":[]|at least one token",
        "\"tokens\":[7]|\"tokens\":[-7]|negative id -7",
        "[-2.5]|[\"NaN\"]|reference_short holds NaN",
        "[-2.5]|[0.5]|pairs[0].rejected: reference_short holds 0.5",
        "-4.9E-324],\"reference_long\":[-3|-4.9E-324],\"reference_long\":[3|pairs[0].chosen:"
            + " reference_long holds 3.1",
        "\"end_char\":90,|\"end_char\":901,|not inside",
        "\"rejected_rope_theta\":1.0E7|\"rejected_rope_theta\":0|rejected_rope_theta",
        "\"instruction\":\"Who? Why?\"|\"instruction\":null|instruction",
        "\"sha256\":\"ab|\"sha256\":\"AB|sha256",
      })
  void shouldNameFileLineAndKeyOfBadRow(String part, String replacement, String said)
      throws IOException {
    String good = PairFile.line(row(0));
    String bad = good.replace(part, replacement == null ? "" : replacement);
    assertThat(bad).isNotEqualTo(good);
    Path file = folder.resolve("pairs.jsonl");
    Files.writeString(file, PairFile.line(row(900)) + "\n" + bad + "\n");
    assertThatThrownBy(() -> PairFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":2: ")
        .hasMessageContaining(said)
        .hasMessageNotContainingAny("org.longpo", "DeserializationFeature");
  }

  @Test
  void shouldReadPastByteOrderMark() throws IOException {
    Path file = folder.resolve("pairs.jsonl");
    Files.writeString(
        file, "\uFEFF" + PairFile.line(row(0)) + "\n" + PairFile.line(row(900)) + "\n");
    assertThat(PairRows.readAll(file)).containsExactly(row(0), row(900));
  }

  @Test
  void shouldRefuseTwoRowsOfOneId() {
    Path file = folder.resolve("pairs.jsonl");
    PairFile.write(file, List.of(row(0), row(900), row(0))::forEach);
    assertThatThrownBy(() -> PairFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":3: ")
        .hasMessageContaining("line 1");
  }

  @Test
  void shouldRefuseMissingEmptyAndCutFiles() throws IOException {
    Path file = folder.resolve("pairs.jsonl");
    assertThatThrownBy(() -> PairFile.open(file)).hasMessageStartingWith("There is no pair file");
    Files.writeString(file, "");
    assertThatThrownBy(() -> PairFile.open(file)).hasMessage(file + " holds no pairs.");
    Files.writeString(file, PairFile.line(row(0)) + "\n" + PairFile.line(row(900)));
    assertThatThrownBy(() -> PairFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":2: the last line has no line break");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":3,||is of an earlier version of the pair file (no version, expected 3)",
        "\"version\":3|\"version\":2|is of an earlier version of the pair file (2, expected 3)",
        "\"version\":3|\"version\":4,\"score\":1|is of a later version of the pair file (4,"
            + " expected 3)",
      })
  void shouldRefuseRowsOfOtherVersionsByFileAndLine(String part, String replacement, String said)
      throws IOException {
    Path file = folder.resolve("pairs.jsonl");
    String row = PairFile.line(row(0)).replace(part, replacement == null ? "" : replacement);
    Files.writeString(file, row + "\n");
    assertThatThrownBy(() -> PairFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":1 " + said)
        .hasMessageEndingWith("generate the pairs again.");
  }
}
