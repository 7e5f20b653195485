package org.longpo.tiny.village;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.pairs.InstructionParser;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import org.longpo.tiny.EmbeddedModel;
import org.longpo.tiny.Lesson;
import org.longpo.tiny.WordTokenizer;

class VillageLessonsTest {
  private static final int WINDOW = EmbeddedModel.WINDOW_TOKENS;

  @TempDir static Path folder;
  private static Tokenizer tokenizer;
  private static VillageLessons lessons;

  @BeforeAll
  static void open() throws IOException {
    WordTokenizer.write(folder, VillageText.sample(7));
    tokenizer = Tokenizer.load(folder);
    lessons =
        new VillageLessons(
            7,
            tokenizer,
            new PromptEncoder(tokenizer, ChatTemplate.load(folder, tokenizer, ChatSettings.NONE)));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void shouldNeverReachBeyondTheLength() {
    for (int step = 0; step < 20; step++) {
      assertThat(lessons.copies(step).sequences()).allMatch(tokens -> tokens.length <= WINDOW);
      assertThat(lessons.passages(step, WINDOW).sequences())
          .allMatch(tokens -> tokens.length <= WINDOW);
      assertThat(
              lessons.passages(step, 100).sequences().stream()
                  .map(tokenizer::decode)
                  .filter(text -> text.contains("[INST]")))
          .allMatch(text -> tokenizer.countTokens(text) <= 100);
    }
  }

  @Test
  void shouldMakeTheSameLessonForTheSameStep() {
    assertThat(texts(lessons.passages(3, WINDOW))).isEqualTo(texts(lessons.passages(3, WINDOW)));
    assertThat(texts(lessons.passages(3, WINDOW))).isNotEqualTo(texts(lessons.passages(4, WINDOW)));
  }

  private static List<String> texts(Lesson lesson) {
    return lesson.sequences().stream().map(tokenizer::decode).toList();
  }

  @Test
  void shouldJudgeWhatThePassageTells() {
    int judged = 0;
    for (int step = 0; step < 10; step++) {
      Lesson lesson = lessons.passages(step, WINDOW);
      for (Lesson.AnswerSpan answer : lesson.answers()) {
        int[] sequence = lesson.sequences().get(answer.sequence());
        String text = tokenizer.decode(sequence);
        String said = tokenizer.decode(Arrays.copyOfRange(sequence, answer.start(), answer.end()));
        // The question stands after the last blank line.
        assertThat(text.indexOf(said.strip())).isLessThan(text.lastIndexOf("\n\n"));
        assertThat(said.strip()).matches("\\d{2}|[a-z]+|[A-Z]\\w+");
        judged++;
      }
    }
    assertThat(judged).isGreaterThan(50);
  }

  @Test
  void shouldWriteTasksAsGenerateReadsThem() {
    String request = InstructionPrompt.request(1);
    int written = 0;
    for (String text : texts(lessons.passages(1, WINDOW))) {
      int end = text.indexOf(request);
      if (end >= 0) {
        String list = text.substring(end + request.length()).replaceAll("\\[/INST]|</s>", "");
        Optional<List<String>> tasks = InstructionParser.parse(list, 1);
        assertThat(tasks).isPresent();
        written++;
      }
    }
    assertThat(written).isGreaterThan(2);
  }

  @Test
  void shouldTakeOneTokenForEveryWordOfTheVillage() {
    for (int seed = 100; seed < 150; seed++) {
      String text = VillageText.mixed(20, new Random(seed)).text();
      assertThat(tokenizer.decode(tokenizer.encodeText(text))).isEqualTo(text);
      for (String word : text.split("(?<=[\\s.,])|(?=[\\s.,])")) {
        if (word.matches("\\p{L}+")) {
          assertThat(tokenizer.countTokens(" " + word)).as(word).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void shouldReadAndWriteAnyText() {
    String text = "Call me Ishmael.\n\n  Some years ago — über 1,234,567 🐳s\tlater…";
    assertThat(tokenizer.decode(tokenizer.encodeText(text))).isEqualTo(text);
  }

  @Test
  void shouldWriteDocumentsThatAreRichInQuestions() {
    String document = VillageText.document(200, new Random(3));
    assertThat(tokenizer.countTokens(document)).isBetween(1200, 2400);
    assertThat(document).isEqualTo(VillageText.document(200, new Random(3)));
  }
}
