package org.longpo.engine;

import org.longpo.engine.attention.KernelChoice;

/**
 * The settings of the engine on this machine; results do not depend on it beyond rounding.
 *
 * @param options what a user may choose
 * @param kernels the attention kernels
 */
public record EngineSettings(EngineOptions options, KernelChoice kernels) {
  public static EngineSettings defaults(KernelChoice kernels) {
    return new EngineSettings(EngineOptions.DEFAULTS, kernels);
  }

  public int tileTokens() {
    return options.tileTokens();
  }

  public int headTileRows() {
    return options.headTileRows();
  }

  public int prefillTokens() {
    return options.prefillTokens();
  }

  /** Bytes for keys and values in generation. */
  long cacheBytes() {
    return (long) options.cacheMib().orElse(EngineOptions.DEFAULT_CACHE_MIB) << 20;
  }

  public boolean saveAttention() {
    return options.saveAttention();
  }

  public boolean offloadActivations() {
    return options.offloadActivations();
  }

  /** With other options. */
  public EngineSettings with(EngineOptions other) {
    return new EngineSettings(other, kernels);
  }
}
