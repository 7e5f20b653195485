package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Ids, offsets and decoded text equal the tokenizers library's in Python. */
class TokenizerGoldenTest {
  static Stream<String> tokenizers() {
    return Golden.TOKENIZERS.stream();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldEncodeTextAsTheReferenceWithoutSpecialTokens(String name) {
    check(
        name,
        (softly, tokenizer, row) -> {
          String text = row.path("text").asString();
          TokenSpans spans = tokenizer.encodeTextWithSpans(text);
          softly.assertThat(tokenizer.encodeText(text)).isEqualTo(Golden.ids(row.path("plain")));
          softly.assertThat(spans.tokens()).isEqualTo(Golden.ids(row.path("plain")));
          softly.assertThat(spans.starts()).isEqualTo(Golden.ids(row.path("starts")));
          softly.assertThat(spans.ends()).isEqualTo(Golden.ids(row.path("ends")));
        });
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldEncodeTemplatesAsTheReferenceWithSpecialTokens(String name) {
    check(
        name,
        (softly, tokenizer, row) ->
            softly
                .assertThat(tokenizer.encodeTemplate(row.path("text").asString()))
                .isEqualTo(Golden.ids(row.path("marked"))));
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldDecodeAsTheReference(String name) {
    check(
        name,
        (softly, tokenizer, row) -> {
          softly
              .assertThat(tokenizer.decode(Golden.ids(row.path("plain"))))
              .isEqualTo(row.path("decoded").asString());
          softly
              .assertThat(tokenizer.decode(Golden.ids(row.path("marked"))))
              .isEqualTo(row.path("markedDecoded").asString());
          softly
              .assertThat(tokenizer.decodeWithSpecial(Golden.ids(row.path("marked"))))
              .isEqualTo(row.path("markedWithSpecial").asString());
        });
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldStreamExactlyWhatDecodeGives(String name) {
    check(
        name,
        (softly, tokenizer, row) -> {
          for (String ids : new String[] {"plain", "marked"}) {
            TextStream stream = tokenizer.stream();
            StringBuilder text = new StringBuilder();
            for (int id : Golden.ids(row.path(ids))) {
              String part = stream.next(id);
              softly.assertThat(part).matches(TokenizerGoldenTest::isWhole);
              text.append(part);
            }
            text.append(stream.end());
            softly
                .assertThat(text.toString())
                .isEqualTo(tokenizer.decode(Golden.ids(row.path(ids))));
          }
        });
  }

  private static boolean isWhole(String part) {
    return part.isEmpty()
        || (!Character.isLowSurrogate(part.charAt(0))
            && !Character.isHighSurrogate(part.charAt(part.length() - 1)));
  }

  private interface Check {
    void of(SoftAssertions softly, Tokenizer tokenizer, JsonNode row);
  }

  private static void check(String name, Check check) {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path(name))) {
      assertThat(Golden.rows(name + "/golden.json")).hasSizeGreaterThan(20);
      SoftAssertions.assertSoftly(
          softly ->
              Golden.rows(name + "/golden.json").forEach(row -> check.of(softly, tokenizer, row)));
    }
  }
}
