package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.engine.TransformersGolden.Continuation;
import org.longpo.engine.TransformersGolden.Distances;
import org.longpo.engine.TransformersGolden.Errors;
import org.longpo.engine.attention.KernelChoice;

/**
 * Random checkpoints of every family and RoPE kind against transformers. The whole matrix of
 * families and kinds is docs/parity.md, by references/parity.py.
 */
public class TransformersParityTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  /**
   * Float32 through two or three layers; relative to the largest value. Held with the blocked
   * kernel: libtorch's flash kernel has an exponential that is off by up to 20 units in the last
   * place.
   */
  public static final double FLOAT32 = 1e-5;

  /**
   * Gradients go through twice as many roundings and add up over all tokens, and some are small
   * differences of large terms: transformers' own in float32 are off by as much (docs/parity.md has
   * both).
   */
  public static final double GRADIENTS = 3e-5;

  /**
   * bfloat16 has 8 bits: every rounding is off by up to 2^-9. Both implementations round, at
   * different places, so both are held against float64: over a model's tokens the root mean square
   * of our distance is at most this many times transformers': not a whole bit is lost.
   */
  public static final double BFLOAT16 = 2;

  static List<String> models() throws IOException {
    try (Stream<Path> folders = Files.list(MODELS)) {
      // Whole models: an adapter among them has a golden file of another shape.
      return folders
          .filter(folder -> Files.exists(folder.resolve("gradients.safetensors")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldGiveTransformersLogProbsAndGradients(String name) {
    Errors errors = golden(name).float32(KernelChoice.blocked());
    assertThat(errors.logits()).as("logits").isLessThanOrEqualTo(FLOAT32);
    assertThat(errors.logProbs()).as("log-probabilities").isLessThanOrEqualTo(FLOAT32);
    assertThat(errors.gradients()).as(errors.worstParameter()).isLessThanOrEqualTo(GRADIENTS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldContinueGreedilyAsTransformersDoes(String name) {
    assertThat(golden(name).greedy(KernelChoice.flash()))
        .isNotEmpty()
        .allSatisfy(
            continuation -> assertThat(continuation.ours()).isEqualTo(continuation.theirs()))
        .extracting(Continuation::theirs)
        .allSatisfy(tokens -> assertThat(tokens).hasSize(64));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldBeAsExactAsTransformersInBfloat16(String name) {
    for (KernelChoice kernels : List.of(KernelChoice.flash(), KernelChoice.blocked())) {
      Distances distances = golden(name).bfloat16(kernels);
      assertThat(distances.ours()).isLessThan(BFLOAT16 * distances.theirs());
    }
  }

  private static TransformersGolden golden(String name) {
    return TransformersGolden.read(MODELS.resolve(name));
  }
}
