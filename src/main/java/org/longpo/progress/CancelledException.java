package org.longpo.progress;

/** Unwinds work that was asked to stop; not a failure. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("stopped on request");
  }
}
