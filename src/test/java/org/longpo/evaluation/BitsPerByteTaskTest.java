package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.text.TokenSpans;

class BitsPerByteTaskTest {
  /** Rounding of a few additions. */
  private static final double ROUNDING = 1e-12;

  private static final double THREE_BITS_IN_NATS = -3 * Math.log(2);

  private static List<WindowBits> measure(
      TestedModel model, int window, int most, String... texts) {
    EvaluationSettings settings = TestSettings.of(List.of(), window, most);
    List<SourceText> sources =
        Arrays.stream(texts).map(text -> new SourceText("held-out.txt", text)).toList();
    return new BitsPerByteTask(model, settings, sources)
        .items().stream().flatMap(item -> item.run().get().windows().stream()).toList();
  }

  private static WordModel words(OptionalInt begin) {
    return new WordModel(prompt -> "", THREE_BITS_IN_NATS, begin);
  }

  @Test
  void shouldScoreAllTokensBehindBeginToken() {
    // Windows of begin + 2 words: "aa bb ", "cc dd "; "ee" is left over.
    List<WindowBits> windows = measure(words(OptionalInt.of(0)), 3, 9, "aa bb cc dd ee");
    assertThat(windows).hasSize(2);
    assertThat(windows).extracting(WindowBits::startChar).containsExactly(0, 6);
    assertThat(windows).allMatch(window -> window.tokens() == 2 && window.bytes() == 6);
    assertThat(windows.getFirst().bits()).isCloseTo(6, within(ROUNDING));
  }

  @Test
  void shouldLeaveFirstTokenOutWithoutBeginToken() {
    List<WindowBits> windows = measure(words(OptionalInt.empty()), 3, 9, "aa bb cc dd ee ff");
    assertThat(windows).extracting(WindowBits::startChar).containsExactly(3, 12);
    assertThat(windows).extracting(WindowBits::bytes).containsExactly(6, 5);
    assertThat(windows).allMatch(window -> window.tokens() == 2);
  }

  @Test
  void shouldCountBytesNotCharacters() {
    List<WindowBits> windows = measure(words(OptionalInt.of(0)), 3, 9, "ää €");
    assertThat(windows).extracting(WindowBits::bytes).containsExactly(4 + 1 + 3);
  }

  @Test
  void shouldScoreTextShorterThanWindow() {
    assertThat(measure(words(OptionalInt.of(0)), 100, 9, "aa bb cc"))
        .extracting(WindowBits::tokens)
        .containsExactly(3);
  }

  @Test
  void shouldThinOutWindowsEvenly() {
    assertThat(measure(words(OptionalInt.of(0)), 2, 2, "a b c d"))
        .extracting(WindowBits::startChar)
        .containsExactly(0, 4);
  }

  @Test
  void shouldNotCutWithinCharacters() {
    // Every character takes as many tokens as it has bytes, as byte-level tokenizers do it.
    TestedModel bytes = new ByteModel();
    List<WindowBits> windows = measure(bytes, 4, 9, "a€b€c€");
    assertThat(windows).extracting(WindowBits::startChar).containsExactly(1, 3, 5);
    assertThat(windows).extracting(WindowBits::bytes).containsExactly(3, 3, 3);
    assertThat(windows).extracting(WindowBits::tokens).containsExactly(3, 3, 3);
  }

  @Test
  void shouldRefuseTextWithoutTokens() {
    assertThatThrownBy(() -> measure(words(OptionalInt.empty()), 4, 9, "one"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("held-out.txt");
  }

  private static final class ByteModel implements TestedModel {
    @Override
    public int[] prompt(String message) {
      return encode(message).tokens();
    }

    @Override
    public TokenSpans encode(String text) {
      int[] starts =
          IntStream.range(0, text.length())
              .flatMap(
                  i ->
                      IntStream.generate(() -> i)
                          .limit(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8).length))
              .toArray();
      return new TokenSpans(
          new int[starts.length], starts, Arrays.stream(starts).map(start -> start + 1).toArray());
    }

    @Override
    public OptionalInt beginToken() {
      return OptionalInt.empty();
    }

    @Override
    public List<Answer> answer(List<int[]> prompts, int maxNewTokens) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double[] logProbs(int[] sequence, int start) {
      return new double[sequence.length - start];
    }
  }
}
