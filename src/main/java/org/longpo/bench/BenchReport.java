package org.longpo.bench;

import java.util.List;
import java.util.Map;

/**
 * All figures of a run of {@code longpo bench}.
 *
 * @param kernels the attention kernels that ran
 */
public record BenchReport(
    String libtorch,
    int threads,
    String kernels,
    Setup setup,
    List<StepResult> steps,
    List<GenerationResult> generation) {
  /**
   * What was asked for.
   *
   * @param dtype element type of weights and activations
   * @param engine the engine's options by their names
   */
  public record Setup(String device, String dtype, Map<String, Object> engine) {}

  public BenchReport {
    steps = List.copyOf(steps);
    generation = List.copyOf(generation);
  }
}
