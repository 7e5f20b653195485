package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

class GeneratorTest {
  private static final EngineSettings SETTINGS =
      EngineSettings.defaults(KernelChoice.flash())
          .with(OptionRecords.of(EngineOptions.class, Map.of("prefill_tokens", 7)));

  /** Window 0: none. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void shouldDecodeBranchesAsIfAlone(int window) {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, window);
    try (Scope ignored = Scope.open()) {
      Map<String, Tensor> weights = RandomModel.weights(config, DType.FLOAT64, 3);
      LanguageModel model = RandomModel.of(config, weights);
      List<int[]> prompts = prompts(new Random(5), config.vocabularySize());
      List<Generated> together =
          new Generator(model, SETTINGS)
              .generate(requests(prompts), Sampling.greedy(), 9, new int[] {4});
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i).tokens())
            .as("prompt %s", i)
            .isEqualTo(greedilyByRescoring(model, prompts.get(i), 9, 4));
      }
    }
  }

  @Test
  void shouldEndWithEndTokenOrAtLimit() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT32, 3));
      int[] everyToken = IntStream.range(0, config.vocabularySize()).toArray();
      Generator generator = new Generator(model, SETTINGS);
      List<GenerationRequest> requests = List.of(new GenerationRequest(new int[] {1, 2, 3}, 8));
      Generated ended = generator.generate(requests, Sampling.of(1, 1), 5, everyToken).getFirst();
      assertThat(ended.ended()).isTrue();
      assertThat(ended.tokens()).hasSize(1);
      Generated cut = generator.generate(requests, Sampling.of(1, 1), 5, new int[0]).getFirst();
      assertThat(cut.ended()).isFalse();
      assertThat(cut.tokens()).hasSize(5).startsWith(ended.tokens());
    }
  }

  /** A draft that is right, one that errs, one that is too long, one with an end in it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void shouldDrawTheSameWithAnyDraft(int window) {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, window);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      List<int[]> prompts = prompts(new Random(5), config.vocabularySize());
      for (Sampling sampling :
          List.of(Sampling.greedy(), Sampling.of(1, 0.9), new Sampling(0.8, 1, 5, 0, 1.3))) {
        Generator generator = new Generator(model, SETTINGS);
        List<Generated> without =
            generator.generate(withDrafts(prompts, i -> new int[0]), sampling, 9, new int[] {4});
        List<Generated> with =
            generator.generate(
                withDrafts(prompts, i -> draft(without.get(i).tokens(), i)),
                sampling,
                9,
                new int[] {4});
        for (int i = 0; i < prompts.size(); i++) {
          assertThat(with.get(i).tokens()).as("prompt %s", i).isEqualTo(without.get(i).tokens());
          assertThat(with.get(i).ended()).isEqualTo(without.get(i).ended());
        }
      }
    }
  }

  private static int[] draft(int[] answer, int which) {
    int[] draft = Arrays.copyOf(answer, which % 4 == 2 ? answer.length + 7 : answer.length);
    if (which % 4 == 1) {
      draft[draft.length / 2] ^= 1;
    }
    if (which % 4 == 3) {
      draft[draft.length / 2] = 4;
    }
    return draft;
  }

  /** What a right draft holds is never read token by token: all it costs is in the first pass. */
  @Test
  void shouldReadNothingAfterTheFirstPassWhereADraftIsRight() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel plain = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      int[] leases = {0};
      LanguageModel model = plain.with(new CountingLeases(leases));
      List<int[]> prompts = prompts(new Random(5), config.vocabularySize());
      List<Generated> answers =
          new Generator(plain, SETTINGS)
              .generate(requests(prompts), Sampling.greedy(), 9, new int[0]);
      new Generator(model, SETTINGS)
          .generate(
              withDrafts(prompts, i -> answers.get(i).tokens()), Sampling.greedy(), 9, new int[0]);
      // Embedding, layers and head of one pass.
      assertThat(leases[0]).isEqualTo(config.layers() + 2);
    }
  }

  /** Two at a time instead of all: others take the place of those that have ended. */
  @Test
  void shouldStayWithinTheBudgetAndDrawTheSame() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      Random random = new Random(8);
      List<GenerationRequest> requests = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int[] prompt = random.ints(20 + i % 7, 0, config.vocabularySize()).toArray();
        requests.add(new GenerationRequest(prompt, i));
      }
      Sampling sampling = Sampling.of(1, 1);
      List<Generated> all =
          new Generator(model, SETTINGS).generate(requests, sampling, 40, new int[] {4, 5});
      EngineSettings narrow =
          SETTINGS.with(OptionRecords.with(SETTINGS.options(), "cache_mib", Optional.of(1)));
      DecodingPlan plan = DecodingPlan.of(model, narrow, requests, 40, false);
      assertThat(plan.slots()).isLessThan(40);
      List<Generated> few =
          new Generator(model, narrow).generate(requests, sampling, 40, new int[] {4, 5});
      for (int i = 0; i < requests.size(); i++) {
        assertThat(few.get(i).tokens()).as("request %s", i).isEqualTo(all.get(i).tokens());
      }
    }
  }

  /**
   * Prompts that share too little to be planned together, but are read together; one that is the
   * beginning of another whose rest its draft agrees with; answers to one document in parts.
   */
  @Test
  void shouldKeepEveryPromptWithinItsSlot() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      Random random = new Random(8);
      int[] start = random.ints(150, 0, 31).toArray();
      int[] whole = joined(start, random.ints(700, 0, 31).toArray());
      List<GenerationRequest> requests = new ArrayList<>();
      requests.add(new GenerationRequest(joined(start, random.ints(450, 0, 31).toArray()), 1));
      requests.add(new GenerationRequest(joined(start, random.ints(450, 0, 31).toArray()), 2));
      requests.add(
          new GenerationRequest(Arrays.copyOf(whole, 160), Arrays.copyOfRange(whole, 160, 190), 3));
      requests.add(new GenerationRequest(whole, 4));
      for (int i = 0; i < 5; i++) {
        requests.add(new GenerationRequest(joined(whole, new int[] {i, i + 1}), 5));
      }
      Sampling sampling = Sampling.of(1, 1);
      List<Generated> together =
          new Generator(model, SETTINGS).generate(requests, sampling, 32, new int[] {4});
      EngineSettings narrow =
          SETTINGS.with(OptionRecords.with(SETTINGS.options(), "cache_mib", Optional.of(1)));
      List<Generated> inParts =
          new Generator(model, narrow).generate(requests, sampling, 32, new int[] {4});
      for (int i = 0; i < requests.size(); i++) {
        int[] alone =
            new Generator(model, SETTINGS)
                .generate(List.of(requests.get(i)), sampling, 32, new int[] {4})
                .getFirst()
                .tokens();
        assertThat(together.get(i).tokens()).as("request %s", i).isEqualTo(alone);
        assertThat(inParts.get(i).tokens()).as("request %s", i).isEqualTo(alone);
      }
    }
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  @Test
  void shouldRefuseABudgetThatHoldsNoDocument() {
    ModelConfig config = RandomModel.config(4, 2, false, false, false, 0);
    try (Scope ignored = Scope.open()) {
      LanguageModel model = RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 3));
      EngineSettings narrow =
          SETTINGS.with(OptionRecords.with(SETTINGS.options(), "cache_mib", Optional.of(1)));
      // 2 layers x (key, value) x 2 heads x 8 x 8 bytes = 512 bytes a token.
      List<GenerationRequest> requests =
          List.of(new GenerationRequest(new Random(1).ints(5000, 0, 31).toArray(), 0));
      assertThatThrownBy(
              () ->
                  new Generator(model, narrow)
                      .generate(requests, Sampling.greedy(), 40, new int[0]))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "--cache-mib 1 is too little for the keys and values of the longest document with one"
                  + " answer, which need 3 MiB (5,040 tokens of 512 bytes); give at least that, or"
                  + " shorter documents or answers.");
      assertThat(
              new Generator(model, SETTINGS)
                  .generate(requests, Sampling.greedy(), 3, new int[0])
                  .getFirst()
                  .tokens())
          .hasSize(3);
    }
  }

  private static List<GenerationRequest> withDrafts(
      List<int[]> prompts, IntFunction<int[]> drafts) {
    return IntStream.range(0, prompts.size())
        .mapToObj(i -> new GenerationRequest(prompts.get(i), drafts.apply(i), i))
        .toList();
  }

  private record CountingLeases(int[] count) implements ModelWeights.Source {
    @Override
    public <W> WeightPart<W> of(WeightPart<W> part) {
      return new WeightPart<>() {
        @Override
        public Lease<W> lease() {
          count[0]++;
          return part.lease();
        }

        @Override
        public List<Parameter> parameters() {
          return part.parameters();
        }
      };
    }
  }

  private static List<GenerationRequest> requests(List<int[]> prompts) {
    return prompts.stream().map(prompt -> new GenerationRequest(prompt, 0)).toList();
  }

  private static int[] greedilyByRescoring(
      LanguageModel model, int[] prompt, int maxNewTokens, int end) {
    int[] sequence = prompt;
    for (int i = 0; i < maxNewTokens; i++) {
      try (TreePass pass =
          TreePass.forward(
              model, TokenTree.of(List.of(sequence)), SETTINGS, TreePass.Purpose.SCORE)) {
        int next = pass.mostLikely(new int[] {sequence.length - 1})[0];
        sequence = Arrays.copyOf(sequence, sequence.length + 1);
        sequence[sequence.length - 1] = next;
        if (next == end) {
          break;
        }
      }
    }
    return Arrays.copyOfRange(sequence, prompt.length, sequence.length);
  }

  /**
   * A shared document, branches of it, a prompt inside another, and one without a shared prefix.
   */
  private static List<int[]> prompts(Random random, int vocabulary) {
    int[] document = random.ints(23, 0, vocabulary).toArray();
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int[] question = random.ints(1 + i, 0, vocabulary).toArray();
      int[] prompt = Arrays.copyOf(document, document.length + question.length);
      System.arraycopy(question, 0, prompt, document.length, question.length);
      prompts.add(prompt);
    }
    prompts.add(document);
    prompts.add(document);
    prompts.add(random.ints(5, 0, vocabulary).toArray());
    return prompts;
  }
}
