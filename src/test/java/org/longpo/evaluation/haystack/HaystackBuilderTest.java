package org.longpo.evaluation.haystack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.evaluation.QuestionPrompts;
import org.longpo.evaluation.Texts;
import org.longpo.evaluation.WordModel;
import org.longpo.text.Prompt;

class HaystackBuilderTest {
  private static final int SENTENCE_TOKENS = 5;

  private static final QuestionPrompt PROMPT =
      new QuestionPrompt("Read: {context} Now: {question}");

  private final WordModel model = new WordModel(prompt -> "");

  private Haystack build(HaystackText text, int length, long seed, double... depths) {
    List<Planted> planted =
        IntStream.range(0, depths.length)
            .mapToObj(i -> new Planted("Hidden" + i + " here.", depths[i], Planted.Form.SENTENCE))
            .toList();
    QuestionPrompts questions =
        new QuestionPrompts(model, PROMPT, List.of("Short?", "A longer one?"));
    return new HaystackBuilder(text, questions, planted, length).build(new Random(seed));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 31, 34, 35, 99, 256, 1000})
  void shouldFillLengthUpToLastSentence(int length) {
    HaystackText text = Texts.haystack(model, Texts.sentences(400));
    for (long seed = 0; seed < 5; seed++) {
      Haystack haystack = build(text, length, seed, 0, 50);
      assertThat(haystack.prompts()).extracting(Prompt::length).allMatch(n -> n <= length);
      int longest = haystack.prompts().stream().mapToInt(Prompt::length).max().orElseThrow();
      assertThat(longest + SENTENCE_TOKENS).isGreaterThan(length);
    }
  }

  @Test
  void shouldPlantAtExactDepths() {
    HaystackText text = Texts.haystack(model, Texts.sentences(40));
    // Template 2, "Read:" "Now:" 2, the longer question 3, five hidden texts of 2, 20 sentences.
    int length = 2 + 2 + 3 + 10 + 20 * SENTENCE_TOKENS;
    Haystack haystack = build(text, length, 1, 0, 25, 50, 75, 100);
    assertThat(haystack.depthPercents()).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
    String context = haystack.context();
    assertThat(context).startsWith("Hidden0 here. Sentence").endsWith("here. Hidden4 here.");
    assertThat(model.countTokens(context.substring(0, context.indexOf("Hidden2"))))
        .isEqualTo(10 * SENTENCE_TOKENS + 2 * 2);
  }

  @Test
  void shouldGiveTextsOfOneDepthBordersOfTheirOwn() {
    HaystackText text = Texts.haystack(model, Texts.sentences(40));
    Haystack haystack = build(text, 113, 1, 50, 50, 50);
    assertThat(haystack.depthPercents().stream().distinct()).hasSize(3);
    assertThat(haystack.depthPercents()).allMatch(depth -> Math.abs(depth - 50) <= 5);
  }

  @Test
  void shouldShareBordersWhereThereAreTooFew() {
    HaystackText text = Texts.haystack(model, Texts.sentences(40));
    // Room for one sentence: two borders for three texts.
    Haystack haystack = build(text, 7 + 6 + SENTENCE_TOKENS, 1, 0, 0, 0);
    assertThat(haystack.depthPercents()).containsExactly(0.0, 100.0, 0.0);
  }

  @Test
  void shouldSetPassagesApart() {
    HaystackText text = Texts.haystack(model, Texts.sentences(40));
    QuestionPrompts questions = new QuestionPrompts(model, PROMPT, List.of("Short?"));
    List<Planted> planted = List.of(new Planted("A passage.", 50, Planted.Form.PARAGRAPH));
    Haystack haystack = new HaystackBuilder(text, questions, planted, 27).build(new Random(1));
    assertThat(haystack.context()).contains("here. \n\nA passage.\n\nSentence");
  }

  @Test
  void shouldUseTextToItsEnd() {
    HaystackText text = Texts.haystack(model, Texts.sentences(22));
    for (long seed = 0; seed < 20; seed++) {
      Haystack haystack = build(text, 7 + 2 + 20 * SENTENCE_TOKENS + 1, seed, 50);
      assertThat(model.countTokens(haystack.context())).isEqualTo(2 + 20 * SENTENCE_TOKENS);
    }
  }

  @Test
  void shouldSayHowMuchTextIsMissing() {
    HaystackText text = Texts.haystack(model, Texts.sentences(20));
    assertThatThrownBy(() -> build(text, 1000, 1, 50))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("have about 100 tokens")
        .hasMessageContaining("a context of 1,000 tokens needs 991 of them");
  }

  @Test
  void shouldRefuseLengthsWithoutRoom() {
    HaystackText text = Texts.haystack(model, Texts.sentences(20));
    assertThatThrownBy(() -> build(text, 8, 1, 50))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("alone takes 9");
    assertThatThrownBy(() -> build(text, 10, 1, 50))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("first sentence there has about 5");
  }
}
