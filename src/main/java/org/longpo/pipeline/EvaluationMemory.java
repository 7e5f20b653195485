package org.longpo.pipeline;

import java.util.Locale;
import java.util.OptionalLong;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.ModelLoader;
import org.longpo.error.UserError;
import org.longpo.evaluation.HaystackSettings;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Libtorch;
import org.longpo.training.ProcessMemory;

/**
 * The least bytes that an evaluation holds at its longest context: weights, and the keys and values
 * of every token of the context and of the answers. What is freed between two chunks of the context
 * comes on top.
 *
 * @param weights of the model, and of the judge where there is another; only those with memory of
 *     their own: what is used where the file is mapped the system can drop and read again
 * @param contextTokens of the longest context; 0 if there is none
 */
record EvaluationMemory(long weights, long keysAndValues, int contextTokens) {
  /**
   * @param answerTokens of one answer at most, the model's reasoning before it included
   */
  static EvaluationMemory of(
      Checkpoint checkpoint,
      DType dtype,
      Device device,
      HaystackSettings haystacks,
      int answerTokens) {
    ModelConfig config = checkpoint.config();
    int longest = haystacks.lengths().stream().mapToInt(length -> length).max().orElse(0);
    long answers = (long) haystacks.questionsPerHaystack() * answerTokens;
    long perToken = 2L * config.layers() * config.keyValueHeads() * config.headDim();
    return new EvaluationMemory(
        weights(checkpoint, dtype, device),
        longest == 0 ? 0 : (longest + answers) * perToken * dtype.bytes(),
        longest);
  }

  /** Bytes of a model's weights, without those that stay in their file. */
  static long weights(Checkpoint checkpoint, DType dtype, Device device) {
    return dtype.bytes()
        * ExpectedTensors.of(checkpoint.config()).stream()
            .filter(tensor -> !ModelLoader.isMapped(checkpoint, tensor.name(), dtype, device))
            .map(ExpectedTensor::dimensions)
            .mapToLong(dimensions -> dimensions.stream().reduce(1L, Math::multiplyExact))
            .sum();
  }

  /** The same with the weights of another model. */
  EvaluationMemory plusWeights(long bytes) {
    return new EvaluationMemory(weights + bytes, keysAndValues, contextTokens);
  }

  /** Refuses what cannot fit into what the device has left, where that is known. */
  void requireFits(Device device) {
    OptionalLong available =
        switch (device.kind()) {
          case CPU -> ProcessMemory.available();
          case CUDA -> Libtorch.freeBytes(device);
        };
    available.ifPresent(this::requireFits);
  }

  /**
   * Refuses what cannot fit.
   *
   * @throws UserError with the numbers
   */
  void requireFits(long availableBytes) {
    if (weights + keysAndValues <= availableBytes) {
      return;
    }
    throw new UserError(
        contextTokens == 0
            ? String.format(
                Locale.ROOT,
                "The weights need at least %s of memory, but %s are available; give a smaller"
                    + " model.",
                gib(weights),
                gib(availableBytes))
            : String.format(
                Locale.ROOT,
                "A context of %,d tokens needs at least %s of memory (weights %s, keys and values"
                    + " %s), but %s are available; give smaller --lengths or a smaller model.",
                contextTokens,
                gib(weights + keysAndValues),
                gib(weights),
                gib(keysAndValues),
                gib(availableBytes)));
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
