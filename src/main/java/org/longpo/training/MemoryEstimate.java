package org.longpo.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Libtorch;

/**
 * The bytes that a run needs at its peak, known before it starts.
 *
 * <p>Legend: P parameters, R those that are trained, T rows of the largest document's forest, W
 * hidden size, H query heads, G key/value heads, D head dimension, F intermediate size, V
 * vocabulary.
 *
 * @param update what the optimizer's largest parameter takes in addition to its state
 * @param sampling keys and values while samples are drawn from the policy
 * @param scratch what Java, the allocator and matrix products take in addition
 */
public record MemoryEstimate(
    Parameters parameters, Activations activations, long update, long sampling, long scratch) {
  /**
   * What is held from the beginning of the run to its end.
   *
   * @param weights P, adapters, and what a teacher has of its own, in the model's type
   * @param gradients R, in the accumulation type
   * @param optimizer moments and master copies of R
   */
  public record Parameters(long weights, long gradients, long optimizer) {
    long total() {
      return weights + gradients + optimizer;
    }

    private Parameters withoutOptimizer() {
      return new Parameters(weights, gradients, 0);
    }
  }

  /**
   * What a pass over the largest document takes.
   *
   * @param saved what forward keeps until backward: per layer its input [T, W] and attention's
   *     output [T, H, D] with logsumexp
   * @param layer the working set of one layer's backward: q, k, v, their gradients, attention's
   *     gradient, a tile of the MLP
   * @param head a tile of logits and its gradient
   */
  public record Activations(long saved, long layer, long head) {
    /** At the peak: layer and head are never needed at the same time. */
    long total() {
      return saved + Math.max(layer, head);
    }
  }

  /**
   * Does not grow with the model: glibc takes tensors below 32 MiB from a heap with gaps, larger
   * ones are given back at once. The runs of MemoryEstimateTest took 100 to 250 MiB, more with more
   * threads at once.
   */
  private static final long SCRATCH_BYTES = 320L << 20;

  /** Rows and columns of the scores that attention's blocked kernel has in memory at a time. */
  private static final long ATTENTION_BLOCK = 1024;

  /**
   * @param rows T
   */
  public static MemoryEstimate of(
      ModelConfig config,
      DType dtype,
      OptimizerKind optim,
      Tuning tuning,
      EngineSettings engine,
      long rows) {
    List<ExpectedTensor> adapters =
        tuning.lora().map(lora -> lora.tensors(config)).orElse(List.of());
    long parameters =
        Stream.concat(ExpectedTensors.of(config).stream(), adapters.stream())
            .mapToLong(MemoryEstimate::elements)
            .sum();
    List<ExpectedTensor> trainedWeights = tuning.trained(config);
    long trained = trainedWeights.stream().mapToLong(MemoryEstimate::elements).sum();
    long largest = trainedWeights.stream().mapToLong(MemoryEstimate::elements).max().orElseThrow();
    long narrow = dtype.bytes();
    long wide = dtype.accumulation().bytes();
    long hidden = config.hiddenSize();
    long queries = (long) config.attentionHeads() * config.headDim();
    long projected = queries + 2L * config.keyValueHeads() * config.headDim();
    long masters = narrow == wide ? 0 : wide;
    long attended = engine.saveAttention() ? queries * narrow + config.attentionHeads() * wide : 0;
    long tile = Math.min(engine.tileTokens(), rows);
    long headRows = Math.min(engine.headTileRows(), rows);
    long block = Math.min(ATTENTION_BLOCK, rows);
    long scores = config.keyValueHeads() * block * block * (2 * narrow + wide);
    // Narrow weight gradients are products of their own before they are added to wide sums.
    long product = narrow == wide ? 0 : largest * narrow;
    // The MLP's backward holds gate, up, activation and their gradients; [t, F] six times.
    long mlp = tile * 6 * config.intermediateSize() * narrow;
    return new MemoryEstimate(
        new Parameters(
            parameters * narrow, trained * wide, trained * (optim.moments() * wide + masters)),
        new Activations(
            rows * (config.layers() * (hidden * narrow + attended) + 2 * hidden * narrow),
            rows * (projected * (narrow + wide) + 2 * queries * narrow)
                + Math.max(mlp + product, scores),
            headRows * config.vocabularySize() * (2 * narrow + 2 * wide) + product),
        largest * wide,
        0,
        SCRATCH_BYTES);
  }

  /**
   * The same with samples that are drawn during training.
   *
   * @param teacher bytes of weights that the teacher does not share with the policy
   * @param keysAndValues bytes of those of the prompts that are read at a time
   */
  MemoryEstimate withSampling(long teacher, long keysAndValues) {
    return new MemoryEstimate(
        new Parameters(
            parameters.weights() + teacher, parameters.gradients(), parameters.optimizer()),
        activations,
        update,
        keysAndValues,
        scratch);
  }

  /** The same without an optimizer: forward and backward alone. */
  public MemoryEstimate withoutOptimizer() {
    return new MemoryEstimate(parameters.withoutOptimizer(), activations, 0, sampling, scratch);
  }

  /**
   * What of it the device of the weights has to hold: the optimizer's state may live elsewhere, but
   * what an update takes is needed here still.
   */
  MemoryEstimate on(Device device, OptimizerSettings settings) {
    return settings.home(device) == device
        ? this
        : new MemoryEstimate(parameters.withoutOptimizer(), activations, update, sampling, scratch);
  }

  private static long elements(ExpectedTensor tensor) {
    return tensor.dimensions().stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes at the peak: a pass, an update and a sampling never happen at the same time. */
  public long total() {
    return parameters.total() + Math.max(Math.max(activations.total(), update), sampling) + scratch;
  }

  /**
   * Refuses a run that cannot fit.
   *
   * @param availableBytes what the device has for it, this run's weights not yet loaded
   * @throws UserError with both numbers and what makes up the first
   */
  public void requireFits(long availableBytes) {
    if (total() > availableBytes) {
      throw new UserError(
          "Training needs about %s of memory, but %s are available: weights %s, gradients %s, optimizer %s, saved activations %s, one layer %s, loss head %s, keys and values of samples %s, scratch %s; use a shorter length, a smaller model, --lora-r, --save-attention=false, or smaller --tile-tokens and --head-tile-rows."
              .formatted(
                  gib(total()),
                  gib(availableBytes),
                  gib(parameters.weights()),
                  gib(parameters.gradients()),
                  gib(parameters.optimizer()),
                  gib(activations.saved()),
                  gib(activations.layer()),
                  gib(activations.head()),
                  gib(sampling),
                  gib(scratch)));
    }
  }

  /**
   * Refuses a run that cannot fit into what the device has left; says nothing where that is not
   * known.
   */
  public void requireFits(Device device) {
    (switch (device.kind()) {
          case CPU -> ProcessMemory.available();
          case CUDA -> Libtorch.freeBytes(device);
        })
        .ifPresent(this::requireFits);
  }

  static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
