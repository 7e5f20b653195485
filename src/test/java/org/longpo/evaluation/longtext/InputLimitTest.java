package org.longpo.evaluation.longtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.WordModel;
import org.longpo.inference.CharacterPrompts;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;

class InputLimitTest {
  private static final String TEXT =
      IntStream.range(0, 100).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));

  private static final int ANSWER_TOKENS = 10;

  private static final WordModel WORDS = new WordModel(prompt -> "");

  private static QuestionGroup group(String before, String text, String... after) {
    LongText about = new LongText(before, text);
    AnswerKey key = new AnswerKey(List.of(), answer -> 0, Optional.empty());
    return QuestionGroup.of(
            Arrays.stream(after)
                .map(end -> new LongQuestion(about, end, key, "q.jsonl:7"))
                .toList())
        .getFirst();
  }

  private static FittedPrompts fit(int inputTokens, Truncation truncation, QuestionGroup group) {
    return new InputLimit(inputTokens + ANSWER_TOKENS, truncation)
        .fit(group.questions(), PromptForm.COMPLETION, WORDS, ANSWER_TOKENS);
  }

  private static List<String> words(Prompt prompt) {
    return List.of(WORDS.text(prompt.tokens()).split(" ", -1));
  }

  @Test
  void shouldLeavePromptsThatFitAsTheyAre() {
    FittedPrompts fitted =
        fit(104, Truncation.MIDDLE, group("Read: ", TEXT, " What now?", " Why?"));
    assertThat(fitted.isTruncated()).isFalse();
    assertThat(fitted.prompts()).extracting(Prompt::length).containsExactly(103, 102);
  }

  @Test
  void shouldRefuseTooLongInputAndSayHowToTruncate() {
    assertThatThrownBy(() -> fit(102, Truncation.NONE, group("Read: ", TEXT, " What now?")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("q.jsonl:7")
        .hasMessageContaining("103 tokens")
        .hasMessageContaining("102 of 112")
        .hasMessageContaining("--truncate middle")
        .hasMessageContaining("--max-context");
  }

  /** As the originals do it: the first and last half of all ids of the prompt. */
  @ParameterizedTest
  @ValueSource(ints = {20, 50, 90, 102})
  void shouldKeepFirstAndLastHalfOfPrompt(int limit) {
    QuestionGroup group = group("Read this: ", TEXT, " What now?");
    int[] whole = WORDS.continued("Read this: " + TEXT + " What now?").tokens();
    int[] expected =
        IntStream.concat(
                Arrays.stream(whole, 0, limit / 2),
                Arrays.stream(whole, whole.length - limit / 2, whole.length))
            .toArray();

    FittedPrompts fitted = fit(limit, Truncation.MIDDLE, group);

    assertThat(fitted.isTruncated()).isTrue();
    // Where the cut ends meet without a space, the two words there are one: room for one more.
    int[] cut = fitted.prompts().getFirst().tokens();
    assertThat(cut.length).isLessThanOrEqualTo(limit);
    assertThat(Arrays.copyOf(cut, limit / 2)).isEqualTo(Arrays.copyOf(expected, limit / 2));
    assertThat(Arrays.copyOfRange(cut, cut.length - limit / 2, cut.length))
        .isEqualTo(Arrays.copyOfRange(expected, limit - limit / 2, limit));
  }

  @Test
  void shouldCutTextOnceForAllQuestions() {
    List<Prompt> prompts =
        fit(40, Truncation.MIDDLE, group("Read: ", TEXT, " Why?", " How long is this now?"))
            .prompts();
    assertThat(prompts).extracting(Prompt::length).containsExactly(36, 40);
    assertThat(words(prompts.getFirst()).subList(0, 35))
        .isEqualTo(words(prompts.getLast()).subList(0, 35));
  }

  @Test
  void shouldCountTemplateOfChats() {
    QuestionGroup group = group("Read: ", TEXT, " Why?");
    Prompt prompt =
        new InputLimit(50 + ANSWER_TOKENS, Truncation.MIDDLE)
            .fit(group.questions(), PromptForm.CHAT, WORDS, ANSWER_TOKENS)
            .prompts()
            .getFirst();
    assertThat(prompt.length()).isEqualTo(50);
    assertThat(words(prompt)).startsWith("<user>", "Read:").endsWith("Why?", "<assistant>");
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, 0, 3, 4})
  void shouldRefuseLimitWithoutRoomForText(int limit) {
    QuestionGroup group = group("Read: ", TEXT, " What is it?");
    assertThatThrownBy(() -> fit(limit, Truncation.MIDDLE, group))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("q.jsonl:7")
        .hasMessageContaining("4 tokens without its text")
        .hasMessageContaining("--max-context");
  }

  @Test
  void shouldNeverCutCharactersNorPassTheLimit() {
    Prompts bytes = new BytePrompts();
    String text = "a€ü😀".repeat(20);
    for (int limit = 20; limit < 60; limit++) {
      Prompt prompt =
          new InputLimit(limit + ANSWER_TOKENS, Truncation.MIDDLE)
              .fit(group("<", text, ">").questions(), PromptForm.COMPLETION, bytes, ANSWER_TOKENS)
              .prompts()
              .getFirst();
      // Of either cut, less than one character of four bytes is missing.
      assertThat(prompt.length()).isBetween(limit - 6, limit);
    }
  }

  @Test
  void shouldShortenAgainWhereTextBesideCutTakesMoreTokens() {
    String text = "x".repeat(40) + "-" + "y".repeat(40);
    Prompt prompt =
        new InputLimit(21 + ANSWER_TOKENS, Truncation.MIDDLE)
            .fit(
                group("<", text, ">").questions(),
                PromptForm.COMPLETION,
                new PairPrompts(),
                ANSWER_TOKENS)
            .prompts()
            .getFirst();
    assertThat(prompt.length()).isEqualTo(21);
  }

  @Test
  void shouldGroupByWhatStandsBeforeTheTextAndClusterByText() {
    AnswerKey key = new AnswerKey(List.of(), answer -> 0, Optional.empty());
    List<LongQuestion> questions =
        List.of(
            new LongQuestion(new LongText("A", "one"), "1", key, ""),
            new LongQuestion(new LongText("A", "two"), "2", key, ""),
            new LongQuestion(new LongText("B", "one"), "3", key, ""),
            new LongQuestion(new LongText("A", "one"), "4", key, ""));
    List<QuestionGroup> groups = QuestionGroup.of(questions);
    assertThat(groups).extracting(QuestionGroup::cluster).containsExactly(0, 1, 0);
    assertThat(groups.getFirst().questions())
        .extracting(LongQuestion::after)
        .containsExactly("1", "4");
  }

  /** Every UTF-8 byte is a token. */
  private static final class BytePrompts extends CharacterPrompts {
    @Override
    public TokenSpans encode(String text) {
      IntStream.Builder starts = IntStream.builder();
      IntStream.Builder ends = IntStream.builder();
      for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
        int end = text.offsetByCodePoints(i, 1);
        int size = text.substring(i, end).getBytes(StandardCharsets.UTF_8).length;
        for (int j = 0; j < size; j++) {
          starts.add(i);
          ends.add(end);
        }
      }
      int[] begins = starts.build().toArray();
      return new TokenSpans(new int[begins.length], begins, ends.build().toArray());
    }
  }

  /** A token is a character, but "xy" is six tokens. */
  private static final class PairPrompts extends CharacterPrompts {
    private static final int TOKENS_OF_PAIR = 6;

    @Override
    public TokenSpans encode(String text) {
      IntStream.Builder starts = IntStream.builder();
      IntStream.Builder ends = IntStream.builder();
      for (int i = 0; i < text.length(); ) {
        boolean isPair = text.startsWith("xy", i);
        int end = i + (isPair ? 2 : 1);
        for (int j = 0; j < (isPair ? TOKENS_OF_PAIR : 1); j++) {
          starts.add(i);
          ends.add(end);
        }
        i = end;
      }
      int[] begins = starts.build().toArray();
      return new TokenSpans(new int[begins.length], begins, ends.build().toArray());
    }
  }
}
