package org.longpo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Standard output that ends the program where it can no longer be written: a plain {@link
 * PrintStream} swallows the error, and a command would continue although nobody reads its output.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;

  private StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Of this process: UTF-8, and flushed after every write. */
  static PrintStream ofProcess() {
    return over(new FileOutputStream(FileDescriptor.out));
  }

  static PrintStream over(OutputStream out) {
    return new PrintStream(new StandardOutput(out), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    attempt(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  private interface Write {
    void run() throws IOException;
  }

  private static void attempt(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      // The system's message for EPIPE, which has no exception type of its own.
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
        throw new BrokenPipeException(e);
      }
      throw new UncheckedIOException(e);
    }
  }
}
