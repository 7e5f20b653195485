package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.pairs.InstructionParser;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

class LessonsTest {
  @TempDir Path folder;
  private Tokenizer tokenizer;
  private Lessons lessons;

  @BeforeEach
  void open() throws IOException {
    TinyTokenizer.write(folder, 7);
    tokenizer = Tokenizer.load(folder);
    lessons =
        new Lessons(
            7,
            tokenizer,
            new PromptEncoder(tokenizer, ChatTemplate.load(folder, tokenizer, ChatSettings.NONE)));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void shouldNeverReachBeyondTheWindow() {
    for (int step = 0; step < 20; step++) {
      assertThat(lessons.copies(step).sequences())
          .allMatch(sequence -> sequence.length <= TinyShape.WINDOW);
      assertThat(lessons.passages(step, TinyShape.WINDOW).sequences())
          .allMatch(sequence -> sequence.length <= TinyShape.WINDOW);
      assertThat(lessons.passages(step, 100).sequences().stream().filter(s -> s.length > 100))
          .allMatch(this::isCopy);
    }
  }

  @Test
  void shouldAskForWhatThePassageTells() {
    Lesson lesson = lessons.passages(1, TinyShape.WINDOW);
    assertThat(lesson.answers()).hasSizeGreaterThan(10);
    for (Lesson.AnswerSpan answer : lesson.answers()) {
      int[] sequence = lesson.sequences().get(answer.sequence());
      String prompt = tokenizer.decode(Arrays.copyOf(sequence, answer.start()));
      String said = tokenizer.decode(Arrays.copyOfRange(sequence, answer.start(), answer.end()));
      assertThat(prompt).contains("What is the ").contains(said);
      assertThat(sequence[answer.end() - 1]).isEqualTo(tokenizer.endTokens()[0]);
    }
  }

  @Test
  void shouldWriteTasksThatThePassageAnswers() {
    String request = InstructionPrompt.request(Lessons.INSTRUCTIONS_PER_CHUNK);
    int written = 0;
    for (int[] sequence : lessons.passages(1, TinyShape.WINDOW).sequences()) {
      String text = tokenizer.decode(sequence);
      int end = text.indexOf(request);
      if (end >= 0) {
        String list = text.substring(end + request.length()).replaceAll("\\[/INST]|</s>", "");
        List<String> tasks =
            InstructionParser.parse(list, Lessons.INSTRUCTIONS_PER_CHUNK).orElseThrow();
        assertThat(tasks).allMatch(task -> text.substring(0, end).contains(factAskedFor(task)));
        written++;
      }
    }
    assertThat(written).isGreaterThan(2);
  }

  private static String factAskedFor(String task) {
    return task.replace("What is the ", "The ").replace("?", " is ");
  }

  @Test
  void shouldLearnNothingButRepetitionsOfCopies() {
    Lesson lesson = lessons.copies(3);
    for (int i = 0; i < lesson.sequences().size(); i++) {
      int[] sequence = lesson.sequences().get(i);
      int once = lesson.learnFrom().get(i) - 1;
      for (int at = 1 + once; at < sequence.length; at++) {
        assertThat(sequence[at]).isEqualTo(sequence[at - once]);
      }
    }
  }

  private boolean isCopy(int[] sequence) {
    return !tokenizer.decode(sequence).contains("What is the");
  }
}
