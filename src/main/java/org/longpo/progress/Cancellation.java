package org.longpo.progress;

/**
 * Asks long work to stop at its next safe point.
 *
 * <p>Loops poll it between steps, never within one: a process that ends while a native call runs
 * may crash instead of ending.
 */
@FunctionalInterface
public interface Cancellation {
  /** Work that nothing stops: tests, and callers with no one to interrupt them. */
  Cancellation NEVER = () -> false;

  /** True from the moment that the work is to stop; cheap enough to be polled for every token. */
  boolean requested();

  /**
   * Returns if the work is to continue.
   *
   * @throws CancelledException if it is to stop; everything on disk must be resumable by then
   */
  default void throwIfRequested() {
    if (requested()) {
      throw new CancelledException();
    }
  }
}
