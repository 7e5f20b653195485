package org.longpo.reproduction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.training.TrainingFolder;

/**
 * The folders of a reproduction.
 *
 * @param run models, pairs and checkpoints
 * @param records a file for each measured model
 */
record ReproductionLayout(Path run, Path records) {
  Path documents(long seed, int round) {
    return round(seed, round).resolve("documents");
  }

  Path pairs(long seed, int round, PairVariant variant) {
    return round(seed, round).resolve(variant.id());
  }

  /** Pairs with what an arm changes or adds of them. */
  Path pairsOf(Arm arm, long seed, int round) {
    return round(seed, round).resolve(arm.id()).resolve("pairs");
  }

  TrainingFolder training(Arm arm, long seed, int round, double rate) {
    return new TrainingFolder(round(seed, round).resolve(arm.id()).resolve("rate-" + rate));
  }

  Path evaluation(Key key, double rate) {
    return seed(key.seed())
        .resolve("evaluation")
        .resolve(key.fileName() + (rate == 0 ? "" : "-rate-" + rate));
  }

  Path record(Key key) {
    return records.resolve(key.fileName() + ".json");
  }

  /** Of a learning rate that an arm may choose. */
  Path rateRecord(Key key, double rate) {
    return records.resolve(key.fileName() + "-rate-" + rate + ".json");
  }

  /** All records that there are, those of other scales included. */
  List<ArmRecord> written() {
    if (!Files.isDirectory(records)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(records)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(ArmRecord::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path seed(long seed) {
    return run.resolve("seed-" + seed);
  }

  private Path round(long seed, int round) {
    return seed(seed).resolve("round-" + round);
  }
}
