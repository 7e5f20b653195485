package org.longpo.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * How the engine divides its work; results do not depend on it beyond rounding.
 *
 * @param tileTokens tokens of a tile of the token-wise segments
 * @param headTileRows rows of a tile of the loss head, which needs [rows, vocabulary] of memory
 * @param prefillTokens tokens of a prompt that are computed at a time within a layer
 * @param saveAttention whether training keeps attention's outputs, so that its quadratic part is
 *     not run twice
 * @param offloadActivations whether training keeps what backward reads in host memory and not on
 *     the device
 * @param cacheMib memory for keys and values in generation
 * @param workers groups of documents whose pairs are written, or batches of an evaluation, at a
 *     time
 */
@Section("Engine (memory and speed; results change by rounding at most)")
public record EngineOptions(
    @Option(
            defaultValue = "2048",
            decidesResult = false,
            meaning = "Tokens of a tile of projections and MLPs; fewer need less memory.")
        @Range(from = 1)
        int tileTokens,
    @Option(
            defaultValue = "512",
            decidesResult = false,
            meaning =
                "Tokens of a tile of the output layer, which needs this many times the vocabulary;"
                    + " fewer need less memory.")
        @Range(from = 1)
        int headTileRows,
    @Option(
            defaultValue = "2048",
            decidesResult = false,
            meaning = "Tokens that are read at a time before an answer is written.")
        @Range(from = 1)
        int prefillTokens,
    @Option(
            defaultValue = "true",
            decidesResult = false,
            meaning =
                "Whether training keeps the outputs of attention; false needs less memory and runs"
                    + " attention twice.")
        boolean saveAttention,
    @Option(
            defaultValue = "false",
            decidesResult = false,
            meaning =
                "Whether training keeps activations in host memory and not on the device (device"
                    + " cuda).")
        boolean offloadActivations,
    @Option(
            defaultText = DEFAULT_CACHE_MIB + ", or what one document with its answers needs",
            decidesResult = false,
            meaning =
                "MiB for the keys and values of texts that are being written; with more, more are"
                    + " written at a time. generate keeps up to half as much again of prompts that it"
                    + " needs twice.")
        @Range(from = 1)
        Optional<Integer> cacheMib,
    @Option(
            defaultText = "on a CPU one per thread, at most 8, as far as --cache-mib holds; else 1",
            decidesResult = false,
            meaning =
                "Groups of documents whose pairs are written, or batches of an evaluation, at a"
                    + " time, each with its share of the processor's threads and of --cache-mib.")
        @Range(from = 1)
        Optional<Integer> workers) {
  static final int DEFAULT_CACHE_MIB = 2048;

  /** Names of those that only training reads. */
  public static final List<String> OF_TRAINING = List.of("save_attention", "offload_activations");

  /** Names of those that only generation reads. */
  public static final List<String> OF_GENERATION =
      List.of("prefill_tokens", "cache_mib", "workers");

  /** Names of those that only the generation of pairs and evaluations read. */
  public static final List<String> OF_SIDE_BY_SIDE = List.of("workers");

  public static final EngineOptions DEFAULTS = OptionRecords.of(EngineOptions.class, Map.of());

  public EngineOptions {
    OptionChecks.require(
        EngineOptions.class,
        tileTokens,
        headTileRows,
        prefillTokens,
        saveAttention,
        offloadActivations,
        cacheMib,
        workers);
  }
}
