package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.longpo.files.Sha256;

/**
 * Which documents are trained on and which are held out: those whose ids have the smallest hashes
 * with the seed, so neither their order in the file nor an interruption matters.
 */
record DataSplit(TrainingData training, TrainingData heldOut) {
  static DataSplit of(TrainingData data, EvaluationSettings settings, long seed) {
    int heldOut = settings.heldOut(data.size());
    int[] ranked =
        IntStream.range(0, data.size())
            .boxed()
            .sorted(Comparator.comparing(index -> rank(data.id(index), seed)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new DataSplit(
        new Part(data, IntStream.of(ranked).skip(heldOut).sorted().toArray()),
        new Part(data, IntStream.of(ranked).limit(heldOut).sorted().toArray()));
  }

  private static String rank(String id, long seed) {
    return Sha256.of(("held out " + seed + " " + id).getBytes(StandardCharsets.UTF_8));
  }

  /** Some of the documents. */
  private static final class Part implements TrainingData {
    private final TrainingData all;
    private final int[] indices;

    Part(TrainingData all, int[] indices) {
      this.all = all;
      this.indices = indices;
    }

    @Override
    public int size() {
      return indices.length;
    }

    @Override
    public String id(int index) {
      return all.id(indices[index]);
    }

    @Override
    public TrainingExample example(int index) {
      return all.example(indices[index]);
    }

    @Override
    public String sha256() {
      return all.sha256();
    }
  }
}
