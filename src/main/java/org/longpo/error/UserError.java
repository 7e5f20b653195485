package org.longpo.error;

/**
 * Something that the user can correct: a missing file, a wrong key, a length that does not fit.
 *
 * <p>The message is one sentence for a person: what is wrong, where (file, line, key), what was
 * expected and what to do. The command line prints it without a stack trace and ends with exit code
 * 2. Broken invariants of our own are {@link IllegalStateException} or assertions instead.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
