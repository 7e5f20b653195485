package org.longpo.evaluation.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.WordModel;
import org.longpo.inference.CharacterPrompts;
import org.longpo.inference.Model;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;

class BitsPerByteTaskTest {
  /** Rounding of a few additions. */
  private static final double ROUNDING = 1e-12;

  private static final double THREE_BITS_IN_NATS = -3 * Math.log(2);

  private static List<Sample> measure(WordModel words, int window, int most, String... texts) {
    return measure(words, words.model(), window, most, texts);
  }

  private static List<Sample> measure(
      Prompts prompts, Model model, int window, int most, String... texts) {
    EvaluationInputs inputs =
        new EvaluationInputs(
            List.of(),
            Arrays.stream(texts).map(text -> new SourceText("held-out.txt", text)).toList(),
            Optional.empty());
    return new BitsPerByteTask()
            .plan(
                inputs,
                EvaluationSettings.defaults(List.of()),
                new BitsPerByteTask.Options(window, most))
            .items()
            .apply(new TaskContext(prompts))
            .stream()
            .flatMap(item -> ItemBatch.run(model, List.of(item)).getFirst().samples().stream())
            .toList();
  }

  private static List<Integer> values(List<Sample> windows, String name) {
    return windows.stream()
        .map(window -> window.values().getOrDefault(name, Double.NaN).intValue())
        .toList();
  }

  private static WordModel words(OptionalInt begin) {
    return new WordModel(prompt -> "", THREE_BITS_IN_NATS, begin);
  }

  @Test
  void shouldScoreAllTokensAfterBeginToken() {
    // Windows of begin + 2 words: "aa bb ", "cc dd "; "ee" is left over.
    List<Sample> windows = measure(words(OptionalInt.of(0)), 3, 9, "aa bb cc dd ee");
    assertThat(windows).hasSize(2);
    assertThat(values(windows, "start_char")).containsExactly(0, 6);
    assertThat(values(windows, "tokens")).containsExactly(2, 2);
    assertThat(values(windows, "bytes")).containsExactly(6, 6);
    assertThat(windows.getFirst().values().get("bits")).isCloseTo(6, within(ROUNDING));
  }

  @Test
  void shouldLeaveFirstTokenOutWithoutBeginToken() {
    List<Sample> windows = measure(words(OptionalInt.empty()), 3, 9, "aa bb cc dd ee ff");
    assertThat(values(windows, "start_char")).containsExactly(3, 12);
    assertThat(values(windows, "bytes")).containsExactly(6, 5);
    assertThat(values(windows, "tokens")).containsExactly(2, 2);
  }

  @Test
  void shouldCountBytesNotCharacters() {
    List<Sample> windows = measure(words(OptionalInt.of(0)), 3, 9, "ää €");
    assertThat(values(windows, "bytes")).containsExactly(4 + 1 + 3);
  }

  @Test
  void shouldScoreTextShorterThanWindow() {
    assertThat(values(measure(words(OptionalInt.of(0)), 100, 9, "aa bb cc"), "tokens"))
        .containsExactly(3);
  }

  @Test
  void shouldThinOutWindowsEvenly() {
    assertThat(values(measure(words(OptionalInt.of(0)), 2, 2, "a b c d"), "start_char"))
        .containsExactly(0, 4);
  }

  @Test
  void shouldNotCutWithinCharacters() {
    // Every character takes as many tokens as it has bytes, as byte-level tokenizers do it.
    List<Sample> windows =
        measure(new BytePrompts(), words(OptionalInt.empty()).model(), 4, 9, "a€b€c€");
    assertThat(values(windows, "start_char")).containsExactly(1, 3, 5);
    assertThat(values(windows, "bytes")).containsExactly(3, 3, 3);
    assertThat(values(windows, "tokens")).containsExactly(3, 3, 3);
  }

  @Test
  void shouldRefuseTextWithoutTokens() {
    assertThatThrownBy(() -> measure(words(OptionalInt.empty()), 4, 9, "one"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("held-out.txt");
  }

  private static final class BytePrompts extends CharacterPrompts {
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
  }
}
