package org.longpo.tiny;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.longpo.files.AtomicFile;

/** Documents of a tiny world, from which its model can make pairs. */
public record WorldDocuments(TinyWorld world, int count, int tokens, long seed) {
  /** Writes them as text files, unless the folder is there. */
  public void write(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    AtomicFile.writeFolder(
        folder,
        temporary -> {
          for (int i = 0; i < count; i++) {
            Files.writeString(
                temporary.resolve("document-%05d.txt".formatted(i)),
                world.document(tokens, new Random(seed * 1_000_003 + i)));
          }
        });
  }
}
