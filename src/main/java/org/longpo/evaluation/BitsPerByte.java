package org.longpo.evaluation;

import java.util.List;

/**
 * Code length of held-out text.
 *
 * @param bitsPerByte all windows' bits by all their bytes; the clusters are documents
 * @param windowTokens tokens of a window, a begin token included
 * @param tokens scored ones of all windows
 * @param bytes of these tokens' text
 */
public record BitsPerByte(MeanScore bitsPerByte, int windowTokens, long tokens, long bytes) {
  static BitsPerByte of(List<ItemResult> results, int windowTokens) {
    List<WindowBits> windows =
        results.stream().flatMap(result -> result.windows().stream()).toList();
    return new BitsPerByte(
        MeanScore.ofRatio(
            windows.size(),
            Clusters.ofWindows(results).stream()
                .map(
                    document ->
                        new ClusteredError.Totals(
                            document.stream().mapToDouble(WindowBits::bits).sum(),
                            document.stream().mapToLong(WindowBits::bytes).sum()))
                .toList()),
        windowTokens,
        windows.stream().mapToLong(WindowBits::tokens).sum(),
        windows.stream().mapToLong(WindowBits::bytes).sum());
  }
}
