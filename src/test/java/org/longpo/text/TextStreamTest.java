package org.longpo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that a stream has returned is final, whatever ids a model writes. */
class TextStreamTest {
  static Stream<String> tokenizers() {
    return Golden.TOKENIZERS.stream();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldAddUpToDecodeForRandomIds(String name) {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path(name))) {
      Random random = new Random(11);
      for (int run = 0; run < 200; run++) {
        int[] ids = random.ints(1 + random.nextInt(40), 0, tokenizer.vocabularySize()).toArray();
        assertThat(String.join("", parts(tokenizer, ids)))
            .as("run %d", run)
            .isEqualTo(tokenizer.decode(ids));
      }
    }
  }

  /** The part before is a prompt: its words and the next are as far apart as in one text. */
  @ParameterizedTest
  @MethodSource("tokenizers")
  void shouldContinueEarlierIdsAsInOneText(String name) {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path(name))) {
      int[] ids = tokenizer.encodeText("Once upon a time, Zoë met a 猫  in a café");
      int compared = 0;
      for (int split = 1; split < ids.length; split++) {
        int[] before = Arrays.copyOf(ids, split);
        if (tokenizer.decode(before).indexOf('\uFFFD') < 0) {
          TextStream stream = tokenizer.streamAfter(before);
          StringBuilder text = new StringBuilder(tokenizer.decode(before));
          for (int id : Arrays.copyOfRange(ids, split, ids.length)) {
            text.append(stream.next(id));
          }
          assertThat(text.append(stream.end()).toString())
              .as("split at %d", split)
              .isEqualTo(tokenizer.decode(ids));
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(ids.length / 2);
    }
  }

  @Test
  void shouldKeepSpaceAfterPrompt() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_fallback_llama2"))) {
      int lamp = tokenizer.encodeText("lamp")[0];
      assertThat(tokenizer.stream().next(lamp)).isEqualTo("lamp");
      assertThat(tokenizer.streamAfter(tokenizer.encodeText("The old")).next(lamp))
          .isEqualTo(" lamp");
      assertThat(tokenizer.streamAfter(new int[] {1}).next(lamp)).isEqualTo("lamp");
    }
  }

  @Test
  void shouldHoldBackHalfCharacters() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_level_qwen"))) {
      int[] ids = tokenizer.encodeText("a😀b");
      assertThat(ids).hasSize(6);
      assertThat(parts(tokenizer, ids)).containsExactly("a", "", "", "", "😀", "b", "");
    }
  }

  @Test
  void shouldHoldBackARunOfByteTokens() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_fallback_llama2"))) {
      int a = 3 + 'A';
      int broken = 3 + 0xE4;
      int letter = tokenizer.encodeText("lamp")[0];
      assertThat(parts(tokenizer, a, letter)).containsExactly("", "A lamp", "");
      assertThat(parts(tokenizer, a, broken, letter))
          .containsExactly("", "", "\ufffd\ufffd lamp", "");
    }
  }

  @Test
  void shouldKeepInnerSpacesAndDropTheFirst() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_fallback_llama2"))) {
      // A character that the vocabulary lacks: a space, then its bytes.
      int space = tokenizer.encodeText("庵")[0];
      assertThat(String.join("", parts(tokenizer, space, space, 2, space, 13)))
          .isEqualTo(tokenizer.decode(space, space, 2, space, 13))
          .startsWith("  ")
          .endsWith("\n");
    }
  }

  @Test
  void shouldBeginAgainAfterItsEnd() {
    try (Tokenizer tokenizer = Tokenizer.load(Golden.path("byte_fallback_mistral"))) {
      int[] ids = tokenizer.encodeText("the lamp");
      TextStream stream = tokenizer.stream();
      for (int round = 0; round < 2; round++) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
          text.append(stream.next(id));
        }
        assertThat(text.append(stream.end()).toString()).isEqualTo("the lamp");
      }
    }
  }

  private static List<String> parts(Tokenizer tokenizer, int... ids) {
    TextStream stream = tokenizer.stream();
    List<String> parts = new ArrayList<>();
    for (int id : ids) {
      parts.add(stream.next(id));
    }
    parts.add(stream.end());
    return parts;
  }
}
