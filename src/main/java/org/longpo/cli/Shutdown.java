package org.longpo.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.longpo.progress.Cancellation;

/**
 * Ends the program in an orderly way on SIGINT and SIGTERM: the work is requested to stop, and the
 * JVM waits until it has. If the JVM ended during a native call, libtorch's threads would still run
 * while its static objects are destroyed, and the process would crash.
 *
 * <p>There is no time limit: a step ends by itself, and {@code kill -9} is always safe because
 * every stage resumes.
 */
final class Shutdown implements Cancellation {
  private final CountDownLatch workIsOver = new CountDownLatch(1);
  private volatile boolean requested;

  private Shutdown() {}

  /** Handles signals from now on; {@link #workIsOver} must be called before the JVM can end. */
  static Shutdown install(PrintStream err) {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> shutdown.stopAndWait(err), "orderly-shutdown"));
    return shutdown;
  }

  @Override
  public boolean requested() {
    return requested;
  }

  /** Lets the JVM end; must come before {@link System#exit}, which waits for the hook. */
  void workIsOver() {
    workIsOver.countDown();
  }

  private void stopAndWait(PrintStream err) {
    requested = true;
    if (workIsOver.getCount() > 0) {
      err.println();
      err.println("longpo: stopping at the end of the current step ...");
    }
    boolean interrupted = false;
    while (true) {
      try {
        workIsOver.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
