package org.longpo.engine;

import org.longpo.engine.attention.KernelChoice;

/**
 * How the engine cuts its work; results do not depend on it beyond rounding.
 *
 * @param tileTokens tokens of a tile of the token-wise segments
 * @param headTileRows rows of a tile of the loss head, which needs [rows, vocabulary] of memory
 * @param prefillTokens tokens that go through the whole model at a time in generation
 * @param saveAttention whether training keeps attention's outputs, so that its quadratic part is
 *     not run twice
 * @param offload whether training keeps what backward reads in host memory and not on the device
 * @param kernels the attention kernels
 */
public record EngineSettings(
    int tileTokens,
    int headTileRows,
    int prefillTokens,
    boolean saveAttention,
    boolean offload,
    KernelChoice kernels) {

  public static EngineSettings defaults(KernelChoice kernels) {
    return new EngineSettings(2048, 512, 2048, true, false, kernels);
  }

  public EngineSettings withTileTokens(int tokens) {
    return new EngineSettings(tokens, headTileRows, prefillTokens, saveAttention, offload, kernels);
  }

  public EngineSettings withHeadTileRows(int rows) {
    return new EngineSettings(tileTokens, rows, prefillTokens, saveAttention, offload, kernels);
  }

  public EngineSettings withPrefillTokens(int tokens) {
    return new EngineSettings(tileTokens, headTileRows, tokens, saveAttention, offload, kernels);
  }

  public EngineSettings withSaveAttention(boolean save) {
    return new EngineSettings(tileTokens, headTileRows, prefillTokens, save, offload, kernels);
  }

  public EngineSettings withOffload(boolean toHost) {
    return new EngineSettings(
        tileTokens, headTileRows, prefillTokens, saveAttention, toHost, kernels);
  }

  public EngineSettings withKernels(KernelChoice choice) {
    return new EngineSettings(
        tileTokens, headTileRows, prefillTokens, saveAttention, offload, choice);
  }
}
