package org.longpo.evaluation.haystack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.Texts;
import org.longpo.evaluation.WordModel;

class HaystackTextTest {
  private final WordModel model = new WordModel(prompt -> "");

  @Test
  void shouldCutAtSentencesAndParagraphs() {
    HaystackText text = Texts.haystack(model, "CHAPTER I\n\nHe came\nhome. She left!\r\n\r\nEnd");
    assertThat(text.sentences()).isEqualTo(4);
    assertThat(text.text(0, 1)).isEqualTo("CHAPTER I\n\n");
    assertThat(text.text(1, 2)).isEqualTo("He came\nhome. ");
    assertThat(text.text(2, 4)).isEqualTo("She left!\r\n\r\nEnd");
    assertThat(text.tokens(1, 4)).isEqualTo(6);
  }

  @Test
  void shouldJoinTextsByBlankLine() {
    HaystackText text =
        HaystackText.of(
            List.of(
                new SourceText("a", " One.\n"),
                new SourceText("b", "\n"),
                new SourceText("c", "Two.")),
            new TaskContext(model));
    assertThat(text.text(0, text.sentences())).isEqualTo("One.\n\nTwo.");
    assertThat(text.sentences()).isEqualTo(2);
  }

  @Test
  void shouldHaveNoSentenceWhereThereIsNoText() {
    assertThat(Texts.haystack(model, " \n ").sentences()).isZero();
  }

  @Test
  void shouldReachLastBorderWithinTokens() {
    HaystackText text = Texts.haystack(model, Texts.sentences(10));
    assertThat(text.reach(2, 14)).isEqualTo(4);
    assertThat(text.reach(2, 15)).isEqualTo(5);
    assertThat(text.reach(2, 4)).isEqualTo(2);
    assertThat(text.reach(2, 1000)).isEqualTo(10);
  }
}
