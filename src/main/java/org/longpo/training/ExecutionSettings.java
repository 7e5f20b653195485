package org.longpo.training;

import java.util.OptionalDouble;
import org.longpo.engine.EngineSettings;

/**
 * How a run is executed on this machine: nothing here is part of what it computes, beyond rounding.
 *
 * @param engine how the engine cuts its work
 * @param peakFlops operations per second of large matrix products, which {@code mfu} is relative
 *     to; empty: it is measured, or not logged
 */
public record ExecutionSettings(EngineSettings engine, OptionalDouble peakFlops) {
  public static ExecutionSettings of(EngineSettings engine) {
    return new ExecutionSettings(engine, OptionalDouble.empty());
  }

  public ExecutionSettings withPeakFlops(double flops) {
    return new ExecutionSettings(engine, OptionalDouble.of(flops));
  }
}
