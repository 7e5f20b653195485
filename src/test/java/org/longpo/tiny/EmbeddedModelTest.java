package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.inference.Sampling;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InstructionParser;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.pairs.UserMessage;
import org.longpo.text.ChatSettings;

/**
 * The model that comes with the program, on passages that it has never seen. Another number of them
 * is asked for by {@code -Dlongpo.passages=N}.
 */
class EmbeddedModelTest {
  private static final int PASSAGES = Integer.getInteger("longpo.passages", 300);
  private static final int LONGEST_ANSWER_TOKENS = 32;
  private static final int TOGETHER = 20;
  private static final Sampling GREEDY = Sampling.greedy();

  @TempDir Path folder;

  @Test
  void shouldBeSmall() throws IOException {
    EmbeddedModel.unpack(folder.resolve("model"));
    assertThat(Files.size(folder.resolve("model/model.safetensors"))).isLessThan(16L << 20);
  }

  @Test
  void shouldWriteQuestionsAboutPassagesAndAnswerThem() {
    EmbeddedModel.unpack(folder.resolve("model"));
    ModelChoice choice =
        new ModelChoice(
            folder.resolve("model"),
            Optional.of("float32"),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.DEFAULTS,
            EngineOptions.DEFAULTS);
    int asked = 0;
    int answerable = 0;
    int right = 0;
    try (OpenModel model = OpenModel.open(choice)) {
      for (int first = 0; first < PASSAGES; first += TOGETHER) {
        List<String> passages = passages(model, first);
        List<String> questions = questions(model, passages);
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
          messages.add(UserMessage.of(passages.get(i), questions.get(i)));
        }
        List<String> answers = said(model, messages, GREEDY);
        for (int i = 0; i < passages.size(); i++) {
          Optional<String> truth = truth(passages.get(i), questions.get(i));
          asked++;
          answerable += truth.isPresent() ? 1 : 0;
          right += truth.equals(Optional.of(answers.get(i))) ? 1 : 0;
        }
      }
    }
    assertThat((double) answerable / asked).isGreaterThanOrEqualTo(0.95);
    assertThat((double) right / answerable).isGreaterThanOrEqualTo(0.95);
  }

  /** Of all lengths that leave room for the answer. */
  private static List<String> passages(OpenModel model, int first) {
    List<String> passages = new ArrayList<>();
    for (int i = first; i < first + TOGETHER; i++) {
      Random random = new Random(1_000_000 + i);
      int sentences = 3 + random.nextInt(16);
      WorldWriter.Passage passage;
      do {
        passage = new WorldWriter(random).passage(sentences--, 0.6);
      } while (passage.facts().isEmpty() || !fits(model, passage.text()));
      passages.add(passage.text());
    }
    return passages;
  }

  private static boolean fits(OpenModel model, String text) {
    return model.tokenizer().countTokens(text) + 2 * LONGEST_ANSWER_TOKENS
        <= EmbeddedModel.WINDOW_TOKENS;
  }

  /** The model's own question about each passage; empty where it wrote none. */
  private static List<String> questions(OpenModel model, List<String> passages) {
    int count = Lessons.INSTRUCTIONS_PER_CHUNK;
    List<String> messages =
        passages.stream().map(passage -> InstructionPrompt.of(passage, count)).toList();
    return said(
            model, messages, GenerateSettings.forLength(1024).instructions().writing().sampling())
        .stream()
        .map(list -> InstructionParser.parse(list, count).map(List::getFirst).orElse(""))
        .toList();
  }

  /** The sentence of the passage that answers the question. */
  private static Optional<String> truth(String passage, String question) {
    String begin = question.replaceFirst("^What is the ", "The ").replaceFirst("\\?$", " is ");
    int at = passage.indexOf(begin);
    return at < 0 || !begin.startsWith("The ")
        ? Optional.empty()
        : Optional.of(passage.substring(at, passage.indexOf('.', at) + 1));
  }

  private static List<String> said(OpenModel model, List<String> messages, Sampling how) {
    List<WriteRequest> requests = new ArrayList<>();
    for (String message : messages) {
      requests.add(new WriteRequest(model.prompts().of(message), requests.size()));
    }
    return model.writer().write(requests, new WriteSettings(how, LONGEST_ANSWER_TOKENS)).stream()
        .map(Written::text)
        .toList();
  }
}
