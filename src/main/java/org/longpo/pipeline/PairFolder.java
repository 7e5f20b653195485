package org.longpo.pipeline;

import java.nio.file.Path;
import org.longpo.pairs.PairManifest;

/** The folder in which {@code generate} or {@code reference} leaves pairs, by its files. */
public record PairFolder(Path path) {
  /** The pairs: docs/pair-file.md. */
  public Path pairFile() {
    return path.resolve("pairs.jsonl");
  }

  /** What the pairs were made from. It is written last: where it is, the folder is finished. */
  public Path manifestFile() {
    return path.resolve("manifest.json");
  }

  /** An example of every reason that dropped pairs. */
  public Path droppedFile() {
    return path.resolve("dropped.json");
  }

  /** Finished pieces of a {@code generate} that is not finished. */
  Path pieceLog() {
    return path.resolve("pieces.jsonl");
  }

  /** Finished rows of a {@code reference} that is not finished. */
  Path rowLog() {
    return path.resolve("rows.jsonl");
  }

  /**
   * Reads the manifest alone.
   *
   * @throws org.longpo.error.UserError if it is missing or of another version
   */
  public PairManifest manifest() {
    return PairManifest.read(manifestFile());
  }

  /**
   * Reads the manifest and makes sure that the pair file is the one it describes.
   *
   * @throws org.longpo.error.UserError if it is not
   */
  public PairManifest verifiedManifest() {
    PairManifest manifest = manifest();
    manifest.verify(pairFile());
    return manifest;
  }
}
