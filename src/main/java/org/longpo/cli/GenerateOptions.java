package org.longpo.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.pairs.FilterSettings;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.SamplingSettings;
import picocli.CommandLine.Option;

/** The options of making pairs. */
final class GenerateOptions {
  @Option(
      names = "--instructions",
      paramLabel = "FILE",
      description =
          "Instructions, one per line, for models that cannot write their own. Default: the model"
              + " writes them.")
  private @Nullable Path instructions;

  @Option(
      names = "--chunk-tokens",
      paramLabel = "C",
      description =
          "Tokens of a chunk at most. Default: 32,768 (the paper's), or a quarter of the length"
              + " where that is less.")
  private @Nullable Integer chunkTokens;

  @Option(
      names = "--pairs-per-document",
      paramLabel = "K",
      defaultValue = "4",
      description = "Pairs per document. Default: ${DEFAULT-VALUE} (the paper's).")
  private int pairsPerDocument;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Tokens of an answer at most. Default: ${DEFAULT-VALUE} (the paper's).")
  private int maxNewTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description =
          "Of the answers; 0 is greedy. Default: ${DEFAULT-VALUE} (the paper's; its code has 1).")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Nucleus of the answers. Default: ${DEFAULT-VALUE}, off.")
  private double topP;

  @Option(
      names = "--min-piece-fill",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Pieces with fewer tokens than this share of the length are skipped. Default:"
              + " ${DEFAULT-VALUE}.")
  private double minPieceFill;

  @Option(
      names = "--hold-out-share",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of the text kept apart for evaluation. Default: ${DEFAULT-VALUE}.")
  private double holdOutShare;

  @Option(
      names = "--max-documents",
      paramLabel = "N",
      description =
          "Make pairs from this many documents (pieces of the length) at most, drawn by the seed."
              + " Default: all.")
  private @Nullable Integer maxDocuments;

  @Option(
      names = "--reference-long",
      description =
          "Also store the reference's log-probabilities behind the long input, which plain DPO"
              + " needs.")
  private boolean referenceLong;

  double holdOutShare() {
    return holdOutShare;
  }

  GenerateSettings settings(int lengthTokens, Optional<Double> ropeTheta, long seed) {
    GenerateSettings paper = GenerateSettings.forLength(lengthTokens, seed);
    return new GenerateSettings(
        lengthTokens,
        chunkTokens == null ? paper.chunkTokens() : chunkTokens,
        minPieceFill,
        paper.minChunkFill(),
        pairsPerDocument,
        paper.instructions(),
        Optional.ofNullable(instructions).map(Path::toString),
        new SamplingSettings(temperature, topP, 0, maxNewTokens),
        ropeTheta,
        referenceLong,
        Optional.ofNullable(maxDocuments),
        holdOutShare,
        FilterSettings.defaults(),
        seed);
  }
}
