package org.longpo.engine;

import org.longpo.engine.attention.KernelChoice;

/**
 * The settings of the engine on this machine; results do not depend on it beyond rounding.
 *
 * @param options what a user may choose
 * @param kernels the attention kernels
 * @param users how many threads use the engine at a time and share the memory for keys and values
 */
public record EngineSettings(EngineOptions options, KernelChoice kernels, int users) {
  /** For one user. */
  public EngineSettings(EngineOptions options, KernelChoice kernels) {
    this(options, kernels, 1);
  }

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

  /** Bytes for keys and values in generation, of one user. */
  long cacheBytes() {
    return ((long) options.cacheMib().orElse(EngineOptions.DEFAULT_CACHE_MIB) << 20) / users;
  }

  public boolean saveAttention() {
    return options.saveAttention();
  }

  public boolean offloadActivations() {
    return options.offloadActivations();
  }

  /** With other options. */
  public EngineSettings with(EngineOptions other) {
    return new EngineSettings(other, kernels, users);
  }

  /** For several users at a time. */
  public EngineSettings sharedBy(int others) {
    return new EngineSettings(options, kernels, others);
  }
}
