package org.longpo.cli;

/** Whoever read standard output has gone: nobody wants the rest. */
final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPipeException(Throwable cause) {
    super("the reader of standard output has gone", cause);
  }
}
