package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.longpo.files.AtomicFile;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;

/**
 * The folder in which one stage leaves its results, and how the stage resumes there. Results that
 * are there are returned. Otherwise the stage continues its log and writes its results; the last
 * file among them marks the folder as finished. A folder that was begun with other inputs is
 * refused.
 *
 * @param folder of the results; {@link StageIdentity#FILE} is written there, too
 * @param identity of the stage with its inputs
 * @param log what an interrupted stage has done; deleted when the stage is finished
 * @param lastFile the result that is written last
 */
record StageFolder(Path folder, StageIdentity identity, Path log, Path lastFile) {

  /**
   * Returns finished results, or makes them.
   *
   * @param readResults reads the results of a finished stage, and verifies them
   * @param work continues {@link #log} with {@link #identity} and writes all results but the last
   * @param writeLast writes the last result
   * @throws org.longpo.error.UserError if the folder was begun with other inputs; then nothing is
   *     written
   */
  <T> T run(Supplier<T> readResults, Supplier<T> work, Consumer<T> writeLast) {
    if (Files.exists(lastFile)) {
      identity.verify(folder);
      T results = readResults.get();
      // Still there if the process was killed right after it wrote the last file.
      AtomicFile.deleteRecursively(log);
      return results;
    }
    ResumableLog.verify(log, identity);
    T results = work.get();
    identity.write(folder);
    writeLast.accept(results);
    AtomicFile.deleteRecursively(log);
    return results;
  }
}
