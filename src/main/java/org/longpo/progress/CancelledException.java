package org.longpo.progress;

/** Ends work that was requested to stop; not a failure. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("stopped on request");
  }
}
