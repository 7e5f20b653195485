package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeScaling;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tree.TokenTree;

class KeptPromptsTest {
  private static final EngineSettings SETTINGS = EngineSettings.defaults(KernelChoice.flash());
  private static final int[] END = {4};
  private static final Sampling SAMPLING = Sampling.of(1, 0.9);

  /** Calls whose prompts extend, repeat, branch off or leave what earlier ones have read. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void shouldDrawAsIfAllPromptsWereReadAnew(int window) {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, window);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      Random random = new Random(5);
      try (KeptPrompts kept = new KeptPrompts(model, SETTINGS)) {
        int[] prefix = random.ints(600, 0, 31).toArray();
        for (int call = 0; call < 4; call++) {
          List<GenerationRequest> requests = requests(prefix, random);
          List<Generated> expected =
              new Generator(model, SETTINGS).generate(requests, SAMPLING, 9, END);
          List<Generated> drawn = generate(kept, requests);
          for (int i = 0; i < requests.size(); i++) {
            assertThat(drawn.get(i).tokens())
                .as("call %s, request %s", call, i)
                .isEqualTo(expected.get(i).tokens());
          }
          prefix =
              call == 2
                  ? random.ints(40, 0, 31).toArray()
                  : joined(prefix, random.ints(30, 0, 31).toArray());
        }
      }
    }
  }

  @Test
  void shouldReadOnlyWhatIsNew() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      int[] first = {1, 2, 3, 4, 5, 6};
      int[] second = {1, 2, 3, 9, 8};
      int[] third = {7, 7};
      try (KeptPrompts kept = new KeptPrompts(model, SETTINGS)) {
        generate(kept, List.of(new GenerationRequest(first, 0)));
        List<int[]> sequences = List.of(second, third, first);
        TokenTree tree = TokenTree.of(sequences);
        int[] wanted = {tree.lastRowOf(0), tree.lastRowOf(1), tree.lastRowOf(2)};
        KeptPrompts.Reading reading = kept.reading(tree, sequences, wanted, 20);
        // After the shared 1 2 3: 9 8 of the second, 7 7, and the last token of the first.
        assertThat(Arrays.stream(reading.unread()).map(tree::token).toArray())
            .containsExactlyInAnyOrder(9, 8, 7, 7, 6);
      }
    }
  }

  /** RoPE kinds whose frequencies depend on the length read everything again where these change. */
  @Test
  void shouldForgetWhereFrequenciesChange() {
    ModelConfig config =
        RandomModel.config(4, 2, false, false, false, 0)
            .withRope(new RopeSettings(10_000, new RopeScaling.Dynamic(4)));
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      int[] prompt = new Random(2).ints(520, 0, 31).toArray();
      int[] longer = joined(prompt, new Random(3).ints(100, 0, 31).toArray());
      try (KeptPrompts kept = new KeptPrompts(model, SETTINGS)) {
        generate(kept, List.of(new GenerationRequest(prompt, 0)));
        List<GenerationRequest> next = List.of(new GenerationRequest(longer, 1));
        assertThat(generate(kept, next).getFirst().tokens())
            .isEqualTo(
                new Generator(model, SETTINGS)
                    .generate(next, SAMPLING, 9, END)
                    .getFirst()
                    .tokens());
      }
    }
  }

  @Test
  void shouldKeepNoMoreThanTheBudget() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    EngineSettings narrow =
        SETTINGS.with(OptionRecords.with(SETTINGS.options(), "cache_mib", Optional.of(1)));
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      // 512 bytes a token: 900 have room in half a MiB, 1,100 have not.
      assertThat(unreadAgain(model, narrow, 900)).isEqualTo(1);
      assertThat(unreadAgain(model, narrow, 1100)).isEqualTo(1100);
    }
  }

  /** Rows of a prompt that are read if it comes a second time. */
  private static int unreadAgain(LanguageModel model, EngineSettings settings, int length) {
    int[] prompt = new Random(2).ints(length, 0, 31).toArray();
    try (KeptPrompts kept = new KeptPrompts(model, settings)) {
      generate(kept, List.of(new GenerationRequest(prompt, 0)));
      TokenTree tree = TokenTree.of(List.of(prompt));
      return kept.reading(tree, List.of(prompt), new int[] {length - 1}, length + 9)
          .unread()
          .length;
    }
  }

  private static List<Generated> generate(KeptPrompts kept, List<GenerationRequest> requests) {
    return kept.generate(requests, SAMPLING, 9, END, (request, token) -> true);
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
