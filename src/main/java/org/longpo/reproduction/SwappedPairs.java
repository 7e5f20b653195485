package org.longpo.reproduction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.longpo.files.AtomicFile;
import org.longpo.files.Sha256;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairRow;
import org.longpo.pipeline.PairFolder;

/**
 * Pairs of which some have their answers in each other's place, as if they had been labelled by
 * somebody who errs.
 *
 * @param share of the pairs
 */
record SwappedPairs(double share, long seed) {
  /** Writes them, unless they are there. */
  void write(PairFolder from, Path to) {
    if (Files.isDirectory(to)) {
      return;
    }
    PairManifest manifest = from.verifiedManifest();
    AtomicFile.writeFolder(
        to,
        temporary -> {
          PairFolder written = new PairFolder(temporary);
          Random random = new Random(seed);
          try (PairFile rows = PairFile.open(from.pairFile())) {
            PairFile.write(
                written.pairFile(),
                sink -> {
                  for (int i = 0; i < rows.size(); i++) {
                    sink.accept(swapped(rows.row(i), random));
                  }
                });
          }
          manifest.withPairFile(Sha256.of(written.pairFile())).write(written.manifestFile());
        });
  }

  private PairRow swapped(PairRow row, Random random) {
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : row.pairs()) {
      pairs.add(
          random.nextDouble() < share
              ? new Pair(pair.chunk(), pair.instruction(), pair.rejected(), pair.chosen())
              : pair);
    }
    return new PairRow(row.id(), row.piece(), row.rejectedRopeTheta(), pairs);
  }
}
