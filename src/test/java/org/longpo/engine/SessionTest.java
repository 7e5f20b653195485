package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

class SessionTest {
  private static final EngineSettings SETTINGS = EngineSettings.defaults(KernelChoice.flash());
  private static final int[] END = {4};
  private static final Sampling SAMPLING = Sampling.of(1, 0.9);

  /**
   * Window 0: none. A prefix beyond 512 rows is kept as a span, a shorter one with its sequence.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void shouldDrawAsIfTheWholePromptWereReadAnew(int window) {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, window);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      Random random = new Random(5);
      try (Session session = new Session(model, SETTINGS, 900)) {
        for (int more : new int[] {30, 1, 600}) {
          session.extend(random.ints(more, 0, config.vocabularySize()).toArray());
          List<GenerationRequest> requests = requests(session.tokens(), random);
          List<Generated> expected =
              new Generator(model, SETTINGS).generate(requests, SAMPLING, 9, END);
          List<Generated> drawn =
              session.generate(requests, SAMPLING, 9, END, (request, token) -> true);
          for (int i = 0; i < requests.size(); i++) {
            assertThat(drawn.get(i).tokens())
                .as("request %s", i)
                .isEqualTo(expected.get(i).tokens());
          }
        }
      }
    }
  }

  /** What a prefix has read is not read again: overwritten rows of it change the answers. */
  @Test
  void shouldAnswerFromWhatItKeeps() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      int[] document = new Random(5).ints(600, 0, config.vocabularySize()).toArray();
      try (Session session = new Session(model, SETTINGS, 700)) {
        session.extend(document);
        List<GenerationRequest> requests =
            List.of(new GenerationRequest(joined(document, new int[] {9, 3}), 0));
        session.layer(1).values().rows(0, 598).fillInPlace(Double.NaN);
        assertThatThrownBy(
                () -> session.generate(requests, SAMPLING, 1, END, (request, token) -> true))
            .hasMessageContaining("not finite");
      }
    }
  }

  @Test
  void shouldRefuseOtherPromptsAndLongerOnes() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      try (Session session = new Session(model, SETTINGS, 8)) {
        session.extend(new int[] {1, 2, 3});
        assertThatThrownBy(() -> generate(session, new int[] {1, 2, 9, 9}))
            .hasMessageContaining("does not begin with the session's prefix");
        assertThatThrownBy(() -> generate(session, new int[] {1, 2, 3, 4, 5, 6, 7, 8}))
            .hasMessageContaining("a sequence of 9 tokens in a session of at most 8");
        assertThatThrownBy(() -> session.extend(new int[6]))
            .hasMessageContaining("a sequence of 9 tokens in a session of at most 8");
      }
    }
  }

  private static void generate(Session session, int[] prompt) {
    session.generate(
        List.of(new GenerationRequest(prompt, 0)), SAMPLING, 1, END, (request, token) -> true);
  }

  /** The prefix alone, twice the same question with a right and a wrong draft, another question. */
  private static List<GenerationRequest> requests(int[] prefix, Random random) {
    List<GenerationRequest> requests = new ArrayList<>();
    requests.add(new GenerationRequest(prefix, 1));
    int[] question = random.ints(5, 0, 31).toArray();
    for (int i = 0; i < 2; i++) {
      requests.add(new GenerationRequest(joined(prefix, question), new int[] {i, 7}, 2));
    }
    requests.add(new GenerationRequest(joined(prefix, new int[] {random.nextInt(31)}), 3));
    return requests;
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
