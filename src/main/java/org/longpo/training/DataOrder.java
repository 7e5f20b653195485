package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.longpo.files.Sha256;

/**
 * Which documents make up each step: every epoch is a permutation of its own, a function of (seed,
 * epoch) alone, so a resumed run needs no state to continue it.
 */
final class DataOrder {
  private final int documents;
  private final int perStep;
  private final long seed;

  DataOrder(int documents, int perStep, long seed) {
    this.documents = documents;
    this.perStep = perStep;
    this.seed = seed;
  }

  /** That of a training on so many documents. */
  static DataOrder of(TrainingSettings settings, int documents) {
    return new DataOrder(documents, settings.steps().gradientAccumulationSteps(), settings.seed());
  }

  /** Indices of the documents of a step; at the end of an epoch there may be fewer. */
  int[] documents(int step) {
    int stepsPerEpoch = Math.ceilDiv(documents, perStep);
    int[] order = permutation(step / stepsPerEpoch);
    int from = step % stepsPerEpoch * perStep;
    return Arrays.copyOfRange(order, from, Math.min(from + perStep, documents));
  }

  /** Fisher and Yates' shuffle; {@link Random}'s numbers are the same on every Java platform. */
  private int[] permutation(int epoch) {
    String purpose = "data order " + seed + " " + epoch;
    String digest = Sha256.of(purpose.getBytes(StandardCharsets.UTF_8));
    Random random = new Random(Long.parseUnsignedLong(digest.substring(0, 16), 16));
    int[] order = IntStream.range(0, documents).toArray();
    for (int i = documents - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
