package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.progress.CancelledException;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Failures failures =
      new Failures(new PrintStream(err, true, StandardCharsets.UTF_8));

  @Test
  void shouldPrintUserErrorInOneLine() {
    assertThat(failures.report(new UserError("There is no folder x.", new IOException("y"))))
        .isEqualTo(2);
    assertThat(said()).isEqualTo("longpo: There is no folder x.\n");
  }

  @Test
  void shouldCallUnexpectedExceptionBugAndShowWhere() {
    assertThat(failures.report(new IllegalStateException("the tape is torn"))).isEqualTo(1);
    assertThat(said())
        .startsWith("longpo: the tape is torn. This is a bug of longpo;")
        .contains("libtorch")
        .contains("at org.longpo.cli.FailuresTest");
  }

  @Test
  void shouldNotCallExhaustedMemoryBug() {
    assertThat(failures.report(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(said()).startsWith("longpo: The memory is exhausted (Java heap space)");
  }

  @Test
  void shouldRecogniseNativeAllocatorBehindWrapper() {
    Throwable nativeError =
        new RuntimeException(
            "[enforce fail at alloc_cpu.cpp:121] data. DefaultCPUAllocator: can't allocate memory:"
                + " you tried to allocate 9 bytes.\nframe #0: c10::ThrowEnforceNotMet");
    assertThat(failures.report(new IllegalStateException("forward", nativeError))).isEqualTo(1);
    assertThat(said()).startsWith("longpo: The memory is exhausted").doesNotContain("bug");
  }

  @Test
  void shouldRecogniseNativeAllocationThatIsNotOfTensors() {
    assertThat(failures.report(new RuntimeException("std::bad_alloc"))).isEqualTo(1);
    assertThat(said()).startsWith("longpo: The memory is exhausted (std::bad_alloc)");
  }

  @Test
  void shouldNotCallFileSystemErrorBug() {
    IOException full = new IOException("No space left on device");
    assertThat(failures.report(new UncheckedIOException(full))).isEqualTo(1);
    assertThat(failures.report(new NoSuchFileException("a/b"))).isEqualTo(1);
    assertThat(said())
        .isEqualTo(
            """
            longpo: A file could not be read or written: No space left on device.
            longpo: There is no file a/b.
            """);
  }

  @Test
  void shouldEndStoppedWorkWithItsOwnCode() {
    assertThat(failures.report(new CancelledException())).isEqualTo(130);
    assertThat(said()).isEqualTo("longpo: Stopped; the same command resumes from here.\n");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
