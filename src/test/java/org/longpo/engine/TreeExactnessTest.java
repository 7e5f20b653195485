package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.AutogradReference;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/**
 * A pass over a tree gives the log-probabilities and gradients of separate sequences through an
 * ordinary autograd graph.
 */
class TreeExactnessTest {
  /** Rounding of sums over at most a few hundred products of size one, with two digits to spare. */
  private static final double FLOAT64 = 1e-10;

  /** The same in float32; relative to the largest value of a tensor. */
  private static final double FLOAT32 = 1e-5;

  /**
   * A rounding to bfloat16 moves a number by 2^-9 of itself at most. On the longest path through
   * two layers stand 37 of them: 17 a layer (two norms with two each, a projection, its turn,
   * scores, weights and their sum, output projection, gate, SiLU, product, down projection, two
   * residuals and what is stored between), the final norm and the logits; backward has as many.
   * They add up to at most 74 * 2^-9 = 0.14 where all point the same way; a key too many or too
   * few, or a branch left out, changes gradients by several times as much.
   */
  private static final double BFLOAT16 = 74 * 0x1p-9;

  record Case(String name, ModelConfig config, EngineSettings settings, DType dtype) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    ModelConfig llama = RandomModel.config(4, 2, false, false, false, 0);
    ModelConfig tied = RandomModel.config(4, 1, true, false, false, 0);
    ModelConfig qwen2 = RandomModel.config(4, 4, false, true, false, 0);
    ModelConfig qwen3 = RandomModel.config(4, 2, true, false, true, 0);
    ModelConfig window = RandomModel.config(4, 2, false, false, false, 5);
    ModelConfig gemma3 = RandomModel.gemma3(/* tied= */ false);
    ModelConfig gemma3Tied = RandomModel.gemma3(/* tied= */ true);
    List<Case> cases = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.BFLOAT16)) {
      for (boolean blocked : List.of(true, false)) {
        KernelChoice kernels = blocked ? KernelChoice.blocked() : KernelChoice.flash();
        String how = (blocked ? " blocked " : " flash ") + dtype;
        cases.add(new Case("grouped heads" + how, llama, settings(kernels, 1024), dtype));
        cases.add(
            new Case(
                "attention recomputed" + how,
                llama,
                engine(kernels, 1024, "save_attention", false),
                dtype));
        cases.add(new Case("tiles of 3" + how, llama, settings(kernels, 3), dtype));
        cases.add(
            new Case(
                "offloaded" + how,
                llama,
                engine(kernels, 1024, "offload_activations", true),
                dtype));
        cases.add(new Case("one key/value head, tied" + how, tied, settings(kernels, 7), dtype));
        cases.add(new Case("biases" + how, qwen2, settings(kernels, 1), dtype));
        cases.add(
            new Case(
                "query/key norms" + how,
                qwen3,
                engine(kernels, 5, "save_attention", false),
                dtype));
        cases.add(new Case("sliding window" + how, window, settings(kernels, 4), dtype));
        cases.add(new Case("gemma3" + how, gemma3, settings(kernels, 5), dtype));
        cases.add(
            new Case(
                "gemma3, tied" + how,
                gemma3Tied,
                engine(kernels, 1024, "save_attention", false),
                dtype));
      }
    }
    return cases.stream();
  }

  private static EngineSettings engine(
      KernelChoice kernels, int tile, String option, boolean value) {
    EngineSettings settings = settings(kernels, tile);
    return settings.with(OptionRecords.with(settings.options(), option, value));
  }

  private static EngineSettings settings(KernelChoice kernels, int tile) {
    return EngineSettings.defaults(kernels)
        .with(
            OptionRecords.of(
                EngineOptions.class, Map.of("tile_tokens", tile, "head_tile_rows", tile)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldEqualSeparateSequences(Case given) {
    double tolerance =
        switch (given.dtype()) {
          case FLOAT64 -> FLOAT64;
          case FLOAT32 -> FLOAT32;
          default -> BFLOAT16;
        };
    Random random = new Random(11);
    for (int trial = 0; trial < 4; trial++) {
      try (Scope ignored = Scope.open()) {
        check(given, randomTree(random, given.config().vocabularySize()), random, tolerance);
      }
    }
  }

  private static void check(Case given, List<int[]> sequences, Random random, double tolerance) {
    Map<String, Tensor> weights = RandomModel.weights(given.config(), given.dtype(), 5);
    AutogradReference reference = RandomModel.reference(given.config(), weights);
    LanguageModel model = RandomModel.of(given.config(), weights);
    TokenTree tree = TokenTree.of(sequences);

    List<Targets> targets = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    List<double[]> coefficients = new ArrayList<>();
    for (int s = 0; s < sequences.size(); s++) {
      int length = sequences.get(s).length;
      if (length > 1) {
        double[] weight = random.doubles(length - 1, -1, 1).toArray();
        targets.add(tree.targets(s, 1, length));
        coefficients.add(weight);
        expected.add(reference.logProbs(sequences.get(s), weight));
      }
    }
    Targets all = Targets.concatenate(targets);
    double[] read;
    double[] again;
    try (TreePass pass = TreePass.forward(model, tree, given.settings(), TreePass.Purpose.TRAIN)) {
      read = pass.logProbs(all);
      again = pass.backward(all, concatenate(coefficients));
    }
    assertClose("log-probabilities", read, concatenate(expected), tolerance);
    assertClose("log-probabilities of backward", again, read, tolerance);
    Map<String, double[]> gradients = reference.gradients();
    model
        .parameters()
        .forEach(
            (name, parameter) ->
                assertClose(
                    name,
                    parameter.gradient().toDoubles(),
                    java.util.Objects.requireNonNull(gradients.get(name)),
                    tolerance));
  }

  /** Deep and wide, with nodes of one token and sequences that share nothing. */
  private static List<int[]> randomTree(Random random, int vocabulary) {
    List<int[]> sequences = new ArrayList<>();
    sequences.add(random.ints(2 + random.nextInt(30), 0, vocabulary).toArray());
    for (int i = 0; i < 6; i++) {
      int[] base = sequences.get(random.nextInt(sequences.size()));
      int shared = random.nextInt(base.length + 1);
      int[] own = random.ints(1 + random.nextInt(9), 0, vocabulary).toArray();
      int[] sequence = Arrays.copyOf(base, shared + own.length);
      System.arraycopy(own, 0, sequence, shared, own.length);
      sequences.add(sequence);
    }
    return sequences;
  }

  static double[] concatenate(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double worst = 0;
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(worst).as(what).isLessThanOrEqualTo(tolerance * scale);
  }
}
