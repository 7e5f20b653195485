package org.longpo.cli;

import java.io.PrintStream;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * The outputs of a command, and its cancellation.
 *
 * @param out results alone, so that they can be piped
 * @param err all messages to the user: errors, warnings, progress
 * @param progress draws on {@code err}
 * @param cancellation set by SIGINT and SIGTERM
 */
public record Console(
    PrintStream out, PrintStream err, Progress progress, Cancellation cancellation) {

  /** Standard output and error; a bar where {@code terminal}, else plain lines. */
  static Console system(boolean terminal, Cancellation cancellation) {
    Progress progress =
        terminal
            ? new BarProgress(System.err)
            : new LineProgress(System.err, LineProgress.INTERVAL, System::nanoTime);
    return new Console(System.out, System.err, progress, cancellation);
  }

  /** A warning: the user should know it, and the work continues. */
  void warn(String sentence) {
    progress.say("warning: " + sentence);
  }
}
