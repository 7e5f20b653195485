package org.longpo.cli;

/** The process that read standard output has ended, so there is no use in writing the rest. */
final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPipeException(Throwable cause) {
    super("standard output was closed by its reader", cause);
  }
}
