package org.longpo.cli;

import java.util.Locale;
import org.longpo.bench.GenerationResult;
import org.longpo.bench.StepResult;

/** What {@code bench} prints: a line per measurement, as soon as it is complete. */
final class BenchTable {
  private final Console console;

  BenchTable(Console console) {
    this.console = console;
  }

  void stepHead() {
    print(
        "%9s %3s %-8s %9s %10s %6s %9s %12s %7s%n",
        "document",
        "K",
        "passes",
        "seconds",
        "tokens/s",
        "MFU",
        "peak MiB",
        "bytes/token",
        "theory");
  }

  void step(StepResult result) {
    print(
        "%9d %3d %-8s %9.2f %10.0f %5.1f%% %9s %12s %7d%n",
        result.step().documentTokens(),
        result.step().pairs(),
        result.shared() ? "one" : "2 K",
        result.medianSeconds(),
        result.tokensPerSecond(),
        100 * result.modelFlopsUtilization(),
        result.peakMemoryBytes().isPresent()
            ? Long.toString(result.peakMemoryBytes().getAsLong() >> 20)
            : "unknown",
        result.bytesPerDocumentToken().isPresent()
            ? Long.toString(Math.round(result.bytesPerDocumentToken().getAsDouble()))
            : "unknown",
        result.theoryBytesPerToken());
  }

  void generationHead() {
    print(
        "%9s %9s %7s %6s %-10s %9s %10s%n",
        "document", "documents", "answers", "tokens", "requests", "seconds", "tokens/s");
  }

  void generation(GenerationResult result) {
    print(
        "%9d %9d %7d %6d %-10s %9.2f %10.0f%n",
        result.generation().documentTokens(),
        result.generation().documents(),
        result.generation().answers(),
        result.generation().answerTokens(),
        result.together() ? "together" : "one by one",
        result.medianSeconds(),
        result.tokensPerSecond());
  }

  private void print(String format, Object... values) {
    console.out().printf(Locale.ROOT, format, values);
    console.out().flush();
  }
}
