package org.longpo.pairs;

import java.util.Locale;
import java.util.Optional;
import org.longpo.progress.Progress;

/**
 * Warns early of a model that cannot write instructions: after the first dozen lists, if none of
 * them could be used. Safe to share by threads.
 */
final class UnusableLists {
  static final int LOOKED_AT = 12;

  private static final int SHOWN_CHARACTERS = 200;

  private final int instructionsPerChunk;
  private final Progress progress;
  private int lists;
  private DropCounts unusable = DropCounts.none();

  UnusableLists(int instructionsPerChunk, Progress progress) {
    this.instructionsPerChunk = instructionsPerChunk;
    this.progress = progress;
  }

  /**
   * Counts a list.
   *
   * @param reason why it could not be used; empty if it could
   * @param written what the model wrote
   */
  synchronized void add(Optional<DropReason> reason, String written) {
    lists++;
    unusable = reason.map(unusable::plus).orElse(unusable);
    if (lists == LOOKED_AT && unusable.total() == LOOKED_AT) {
      String shown = written.strip().replaceAll("\\s+", " ");
      progress.say(
          String.format(
              Locale.ROOT,
              "Warning: none of the first %d lists of %d instructions could be used, so no pair has"
                  + " come of them: %s; stop and %s, or use another model. The last list: \"%s\"",
              LOOKED_AT,
              instructionsPerChunk,
              unusable.sentence(),
              unusable.mostFrequent().map(DropReason::remedy).orElseThrow(),
              shown.length() <= SHOWN_CHARACTERS
                  ? shown
                  : shown.substring(0, SHOWN_CHARACTERS) + " [...]"));
    }
  }
}
