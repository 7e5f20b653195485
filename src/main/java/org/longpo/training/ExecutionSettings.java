package org.longpo.training;

import java.util.OptionalDouble;
import org.longpo.engine.EngineSettings;

/**
 * How a run is executed: nothing here is part of what it computes, beyond rounding, and a resumed
 * run may have others.
 *
 * @param engine how the engine cuts its work
 * @param offloadOptimizer whether the optimizer's state lives in host memory and is updated there;
 *     without effect on the CPU, where it does anyway
 * @param deterministic whether kernels are chosen that give the same bits every time, on CUDA
 * @param peakFlops operations per second of large matrix products, which {@code mfu} is relative
 *     to; empty: it is not logged
 */
public record ExecutionSettings(
    EngineSettings engine,
    boolean offloadOptimizer,
    boolean deterministic,
    OptionalDouble peakFlops) {
  public static ExecutionSettings of(EngineSettings engine) {
    return new ExecutionSettings(engine, false, false, OptionalDouble.empty());
  }

  public ExecutionSettings withOffloadOptimizer(boolean offload) {
    return new ExecutionSettings(engine, offload, deterministic, peakFlops);
  }

  public ExecutionSettings withDeterministic(boolean sameBits) {
    return new ExecutionSettings(engine, offloadOptimizer, sameBits, peakFlops);
  }

  public ExecutionSettings withPeakFlops(double flops) {
    return new ExecutionSettings(engine, offloadOptimizer, deterministic, OptionalDouble.of(flops));
  }
}
