package org.longpo.pairs;

import java.util.Locale;
import org.longpo.progress.Progress;

/**
 * Says early that a model cannot write instructions: behind the first dozen lists, if none of them
 * could be read, and not behind the whole corpus.
 */
final class UnreadableLists {
  static final int LOOKED_AT = 12;

  private static final int SHOWN_CHARACTERS = 200;

  private final int instructionsPerChunk;
  private final Progress progress;
  private int asked;
  private boolean anyReadable;

  UnreadableLists(int instructionsPerChunk, Progress progress) {
    this.instructionsPerChunk = instructionsPerChunk;
    this.progress = progress;
  }

  /**
   * Counts a list.
   *
   * @param written what the model wrote
   */
  void add(boolean readable, String written) {
    asked++;
    anyReadable |= readable;
    if (asked == LOOKED_AT && !anyReadable) {
      String shown = written.strip().replaceAll("\\s+", " ");
      progress.say(
          String.format(
              Locale.ROOT,
              "Warning: none of the first %d lists of %d instructions could be read, so no pair has"
                  + " come of them; stop and give --instructions FILE, fewer"
                  + " --instructions-per-chunk or another model. The last list: \"%s\"",
              LOOKED_AT,
              instructionsPerChunk,
              shown.length() <= SHOWN_CHARACTERS
                  ? shown
                  : shown.substring(0, SHOWN_CHARACTERS) + " [...]"));
    }
  }
}
