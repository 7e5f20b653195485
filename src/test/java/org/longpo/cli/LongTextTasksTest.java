package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks with long texts through {@code longpo evaluate}, with a context of 128 tokens. */
class LongTextTasksTest {
  private static final String TEXT = "The old gardener wrote. ".repeat(40);

  @TempDir Path folder;

  private Path run;

  @BeforeEach
  void makeWorld() throws IOException {
    run = folder.resolve("run");
    TinyWorld.writeModel(folder.resolve("model"));
    Path data = Files.createDirectories(folder.resolve("data/infinitebench"));
    Files.writeString(
        data.resolve("longbook_sum_eng.jsonl"),
        """
        {"id": 0, "context": "%s", "input": "", "answer": ["The gardener wrote."], "options": []}
        """
            .formatted(TEXT));
  }

  private KilledProcess.Result evaluate(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve("model").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--tasks",
                "infinitebench-longbook-sum-eng",
                "--infinitebench-answer-tokens",
                "2",
                "--out",
                run.toString()));
    command.addAll(List.of(more));
    return KilledProcess.inProcess(command);
  }

  @Test
  void shouldRefuseTooLongInputsBeforeAnythingIsWritten() {
    KilledProcess.Result result = evaluate();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("longbook_sum_eng.jsonl:1", "126 of 128", "--truncate middle");
    assertThat(run).doesNotExist();
  }

  @Test
  void shouldTruncateWhereAskedAndSayHowMany() {
    KilledProcess.Result result = evaluate("--truncate", "middle");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "infinitebench-longbook-sum-eng, ROUGE-L-Sum: ",
            "infinitebench-longbook-sum-eng, truncated inputs: 100.0");
  }
}
