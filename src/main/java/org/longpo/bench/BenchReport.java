package org.longpo.bench;

import java.util.List;

/**
 * All figures of a run of {@code longpo bench}.
 *
 * @param dtype element type of weights and activations
 * @param kernels the attention kernels that ran
 */
public record BenchReport(
    String libtorch,
    String device,
    int threads,
    String dtype,
    String kernels,
    List<StepResult> steps,
    List<GenerationResult> generation) {
  public BenchReport {
    steps = List.copyOf(steps);
    generation = List.copyOf(generation);
  }
}
