package org.longpo.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceCutterTest {
  private static DocumentText document(String text) {
    return TestDocuments.of(text);
  }

  private static List<String> pieces(String text, int tokens, double fill, TokenOffsets offsets) {
    return new PieceCutter(tokens, fill, offsets)
        .cut(document(text)).pieces().stream()
            .map(span -> text.substring(span.startChar(), span.endChar()))
            .toList();
  }

  private static String words(int count, String word) {
    return String.join(" ", java.util.Collections.nCopies(count, word));
  }

  @Test
  void shouldCutAtTheLastParagraphBorderThatFits() {
    String text = words(4, "a") + "\n\n" + words(5, "b") + "\r\n \r\n" + words(3, "c") + "\n";
    assertThat(pieces(text, 10, 0.3, FakeTokens.WORDS))
        .containsExactly(words(4, "a") + "\n\n" + words(5, "b"), words(3, "c"));
  }

  @Test
  void shouldKeepShortDocumentWholeAndCountItsTokens() {
    PieceCutter.Pieces cut =
        new PieceCutter(10, 0.5, FakeTokens.WORDS)
            .cut(document("\n one two\n\nthree four five \n"));
    assertThat(cut.pieces()).hasSize(1);
    DocumentSpan piece = cut.pieces().getFirst();
    assertThat(piece.startChar()).isEqualTo(2);
    assertThat(piece.tokens()).isEqualTo(5);
    assertThat(piece.document().path()).isEqualTo("/d.txt");
    assertThat(cut.skipped()).isEmpty();
  }

  @Test
  void shouldCutLongParagraphAtSentenceThenLineThenWordThenToken() {
    String sentences = words(5, "a") + " end. " + words(9, "B") + " end. C c.";
    assertThat(pieces(sentences, 12, 0.5, FakeTokens.WORDS))
        .startsWith(words(5, "a") + " end.", words(9, "B") + " end. C c.");
    String lines = words(7, "a") + "\n" + words(7, "b");
    assertThat(pieces(lines, 12, 0.5, FakeTokens.WORDS))
        .containsExactly(words(7, "a"), words(7, "b"));
    assertThat(pieces(words(20, "a"), 10, 0.5, FakeTokens.WORDS))
        .containsExactly(words(10, "a"), words(10, "a"));
    // Eight tokens, one of them the prefix: seven of three letters.
    assertThat(pieces("x".repeat(42), 8, 0.5, FakeTokens.PIECES_AFTER_PREFIX))
        .containsExactly("x".repeat(21), "x".repeat(21));
  }

  @Test
  void shouldRatherCutInsideParagraphThanLeavePieceNearlyEmpty() {
    String text = "Title\n\n" + words(6, "a") + " end. " + words(9, "B") + " end.";
    assertThat(pieces(text, 10, 0.5, FakeTokens.WORDS))
        .containsExactly("Title\n\n" + words(6, "a") + " end.", words(9, "B") + " end.");
  }

  @Test
  void shouldSkipAndCountWhatIsTooShort() {
    PieceCutter cutter = new PieceCutter(10, 0.5, FakeTokens.WORDS);
    PieceCutter.Pieces rest = cutter.cut(document(words(9, "a") + "\n\n" + words(4, "b")));
    assertThat(rest.pieces()).hasSize(1);
    assertThat(rest.skipped())
        .extracting(skipped -> skipped.reason(), skipped -> skipped.span().tokens())
        .containsExactly(org.assertj.core.groups.Tuple.tuple(SkipReason.REST_TOO_SHORT, 4));
    PieceCutter.Pieces all = cutter.cut(document(words(4, "a")));
    assertThat(all.pieces()).isEmpty();
    assertThat(all.skipped())
        .extracting(PieceCutter.Skipped::reason)
        .containsExactly(SkipReason.DOCUMENT_TOO_SHORT);
    // Exactly the share is enough.
    assertThat(cutter.cut(document(words(5, "a"))).pieces()).hasSize(1);
  }

  @Test
  void shouldCutOnlyTheGivenRange() {
    String text = words(8, "a") + "\n\n" + words(8, "b");
    PieceCutter.Pieces cut =
        new PieceCutter(10, 0.5, FakeTokens.WORDS).cut(document(text), new TextRange(17, 32));
    assertThat(cut.pieces())
        .extracting(span -> text.substring(span.startChar(), span.endChar()))
        .containsExactly(words(8, "b"));
    assertThat(
            new PieceCutter(10, 0.5, FakeTokens.WORDS)
                .cut(document(text), new TextRange(15, 17))
                .pieces())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 13, 50, 400})
  void shouldCoverRandomTextWithoutLossOrOverlapWithinTheLimit(int tokens) {
    for (TokenOffsets offsets :
        List.of(FakeTokens.WORDS, FakeTokens.PIECES_AFTER_PREFIX, FakeTokens.BYTES)) {
      for (int seed = 0; seed < 20; seed++) {
        String text = randomText(new SplittableRandom(seed));
        PieceCutter.Pieces cut = new PieceCutter(tokens, 0.5, offsets).cut(document(text));
        List<DocumentSpan> spans = new ArrayList<>(cut.pieces());
        cut.skipped().forEach(skipped -> spans.add(skipped.span()));
        spans.sort(Comparator.comparingInt(DocumentSpan::startChar));
        int at = 0;
        for (DocumentSpan span : spans) {
          assertThat(text.substring(at, span.startChar())).isBlank();
          String piece = text.substring(span.startChar(), span.endChar());
          assertThat(offsets.count(piece)).isEqualTo(span.tokens()).isLessThanOrEqualTo(tokens);
          assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
          at = span.endChar();
        }
        assertThat(text.substring(at)).isBlank();
      }
    }
  }

  /** Words, long words, trees outside the basic plane, sentences, lines, paragraphs. */
  private static String randomText(SplittableRandom random) {
    List<String> parts =
        Stream.of(
                "a",
                "word",
                "ümläut",
                "🌲🌳",
                "x".repeat(70),
                ". ",
                ".\n",
                "\n\n",
                " ",
                " ",
                "\r\n\r\n")
            .toList();
    StringBuilder text = new StringBuilder("a");
    int count = 1 + random.nextInt(400);
    for (int i = 0; i < count; i++) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  @Test
  void shouldRefuseLimitsThatOneCharacterMayExceed() {
    assertThatThrownBy(() -> new PieceCutter(7, 0.5, FakeTokens.BYTES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PieceCutter(8, 1.5, FakeTokens.BYTES))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
