package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class ResumableLogTest {
  private static final StageIdentity BEGUN = StageIdentity.of("generate").withSetting("seed", 42);

  @TempDir Path folder;

  @Test
  void shouldResumeAfterLastWholeLineOfSameIdentity() throws IOException {
    Path file = folder.resolve("log.jsonl");
    try (ResumableLog log = ResumableLog.open(file, BEGUN)) {
      assertThat(log.size()).isZero();
      log.append("one");
    }
    Files.writeString(file, Files.readString(file) + "tor");
    List<String> read = new ArrayList<>();
    try (ResumableLog log =
        ResumableLog.open(file, BEGUN, (entry, where) -> read.addAll(List.of(entry, where)))) {
      assertThat(log.size()).isEqualTo(1);
      log.append("two");
    }
    assertThat(read).containsExactly("one", file + ":2");
    Path copy = folder.resolve("copy");
    AtomicFile.write(copy, out -> ResumableLog.copyEntries(file, out));
    assertThat(Files.readString(copy)).isEqualTo("one\ntwo\n");
  }

  @Test
  void shouldBeginAgainWhereHeaderIsTorn() throws IOException {
    Path file = folder.resolve("log.jsonl");
    Files.writeString(file, Json.line(BEGUN).substring(0, 20));
    try (ResumableLog log = ResumableLog.open(file, BEGUN)) {
      assertThat(log.size()).isZero();
    }
    assertThat(Files.readString(file)).isEqualTo(Json.line(BEGUN) + "\n");
  }

  @Test
  void shouldRefuseLogOfOtherInputsOrWithoutIdentity() throws IOException {
    Path file = folder.resolve("log.jsonl");
    for (String line :
        List.of(Json.line(BEGUN.withSetting("dtype", "x")), "{\"piece_id\":\"1\"}")) {
      Files.writeString(file, line + "\n");
      assertThatThrownBy(() -> ResumableLog.open(file, BEGUN))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("log.jsonl");
      assertThat(file).hasContent(line + "\n");
    }
  }

  @Test
  void shouldCutLineTornInTheMiddleOfACharacter() throws IOException {
    Path file = folder.resolve("log.jsonl");
    try (ResumableLog log = ResumableLog.open(file, BEGUN)) {
      log.append("Zoë\r\u2028");
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[] {'Z', 'o', (byte) 0xc3}, StandardOpenOption.APPEND);
    List<String> read = new ArrayList<>();
    ResumableLog.open(file, BEGUN, (entry, where) -> read.add(entry)).close();
    assertThat(read).containsExactly("Zoë\r\u2028");
    assertThat(file).hasBinaryContent(whole);
  }

  /** A log may be larger than memory: nothing that grows with it is held, or even made. */
  @Test
  void shouldResumeAndCopyWithoutHoldingTheEntries() throws IOException {
    Path file = folder.resolve("log.jsonl");
    String entry = "x".repeat(1 << 16);
    int entries = 256;
    Files.writeString(file, Json.line(BEGUN) + "\n" + (entry + "\n").repeat(entries));
    Path copy = folder.resolve("copy");
    Runnable all =
        () -> {
          try (ResumableLog log = ResumableLog.open(file, BEGUN)) {
            assertThat(log.size()).isEqualTo(entries);
          }
          ResumableLog.verify(file, BEGUN);
          AtomicFile.write(copy, out -> ResumableLog.copyEntries(file, out));
        };
    // The first time loads classes.
    all.run();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    all.run();
    // The log has 16 MiB; a few buffers of the size of an entry take a fraction of one.
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(2L << 20);
    assertThat(Files.size(copy)).isEqualTo(entries * (entry.length() + 1L));
  }
}
