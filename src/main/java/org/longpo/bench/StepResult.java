package org.longpo.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a step took.
 *
 * @param shared whether the sequences went through as one tree
 * @param usefulFlops operations a step cannot do without, shared ones once
 * @param gemmFlopsPerSecond rate of a large matrix product on this machine, in this run
 * @param peakMemoryBytes highest resident memory during a step minus that just before it; gradients
 *     count, weights do not
 * @param theoryBytesPerToken what a token of the document asks for: {@link BytesPerToken}
 */
public record StepResult(
    StepCase step,
    boolean shared,
    double[] seconds,
    double usefulFlops,
    double gemmFlopsPerSecond,
    OptionalLong peakMemoryBytes,
    long theoryBytesPerToken) {

  @JsonProperty
  public double medianSeconds() {
    return Median.of(seconds);
  }

  /**
   * Tokens of separate sequences, 2 K (document + answer), per second: what an unshared trainer
   * would have had to read.
   */
  @JsonProperty
  public double tokensPerSecond() {
    return step.unsharedTokens() / medianSeconds();
  }

  /** Share of the machine's matrix-product rate that went into useful operations. */
  public double modelFlopsUtilization() {
    return usefulFlops / medianSeconds() / gemmFlopsPerSecond;
  }

  /** Bytes above the model for every token of the document. */
  public OptionalDouble bytesPerDocumentToken() {
    return peakMemoryBytes.isPresent()
        ? OptionalDouble.of(peakMemoryBytes.getAsLong() / (double) step.documentTokens())
        : OptionalDouble.empty();
  }
}
