package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

class TinyTokenizerTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    TinyTokenizer.write(folder, 7);
  }

  @Test
  void shouldGiveSameFileForSameSeed(@TempDir Path other) throws IOException {
    TinyTokenizer.write(other, 7);
    assertThat(other.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("tokenizer.json"));
    assertThat(Files.size(folder.resolve("tokenizer.json"))).isPositive();
  }

  @Test
  void shouldReadAndWriteAnyText() {
    String text =
        "Call me Ishmael.\n\n"
            + "  Some years ago \u2014 \u00fcber 1,234,567 \ud83d\udc33s\tlater\u2026";
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.decode(tokenizer.encodeText(text))).isEqualTo(text);
    }
  }

  @Test
  void shouldTakeOneTokenForEveryWordOfTheWorld() {
    WorldWriter writer = new WorldWriter(new Random(1));
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      for (int i = 0; i < 200; i++) {
        String sentence = writer.filler();
        int wordsAndMarks = sentence.split(" ").length + sentence.replaceAll("[^,.]", "").length();
        assertThat(tokenizer.countTokens(sentence)).as(sentence).isEqualTo(wordsAndMarks);
      }
    }
  }

  @Test
  void shouldTakeSyllablesForNamesAndPairsOfDigitsForNumbers() {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.countTokens(" Bakodifu")).isEqualTo(4);
      assertThat(tokenizer.countTokens("4829137")).isEqualTo(4);
    }
  }

  @Test
  void shouldTakeOneTokenForTheRequestForInstructions() {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.countTokens(InstructionPrompt.request(Lessons.INSTRUCTIONS_PER_CHUNK)))
          .isEqualTo(1);
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(folder, tokenizer, ChatSettings.NONE));
      int[] prompt = prompts.of(InstructionPrompt.of("The inn.", 1)).tokens();
      // <s> [INST] The inn . \n\n request [/INST]
      assertThat(prompt).hasSize(8);
    }
  }
}
