package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.bench.StepBenchmark;
import org.longpo.bench.StepCase;
import org.longpo.bench.StepResult;
import org.longpo.error.UserError;
import org.longpo.evolve.TrainableModel;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longpo bench}: what this machine makes of a model. */
@Command(
    name = "bench",
    header = "Measures training steps on this machine: seconds, memory, MFU.",
    description =
        "Times forward, log-probabilities and backward over a synthetic document with K pairs, without"
            + " the optimizer. MFU is the share of the measured matrix-product rate that goes into"
            + " useful operations: the causal half of attention counts, recomputation does not.")
final class BenchCommand implements Runnable {
  private final Console console;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "N",
      defaultValue = "4096,16384",
      description = "Document lengths in tokens. Default: ${DEFAULT-VALUE}.")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--pairs",
      split = ",",
      paramLabel = "K",
      defaultValue = "1,4",
      description = "Pairs per document. Default: ${DEFAULT-VALUE}.")
  private List<Integer> pairs = List.of();

  @Option(
      names = "--response-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens of an answer. Default: ${DEFAULT-VALUE}.")
  private int responseTokens;

  @Option(names = "--preference-only", description = "Without the NLL over the whole sequence.")
  private boolean preferenceOnly;

  @Option(
      names = "--unshared",
      description = "Also run the 2 K sequences one by one, for comparison.")
  private boolean unshared;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Counted runs after a warm-up. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all figures to this file.")
  private @Nullable Path json;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    requirePositive("--lengths", lengths);
    requirePositive("--pairs", pairs);
    requirePositive("--response-tokens", List.of(responseTokens));
    requirePositive("--repeats", List.of(repeats));
    List<StepResult> results = new ArrayList<>();
    console
        .out()
        .printf(
            "%9s %3s %-8s %10s %12s %8s %11s %13s%n",
            "document", "K", "passes", "seconds", "tokens/s", "MFU", "peak MiB", "bytes/token");
    try (TrainableModel open = TrainableModel.open(model.choice())) {
      StepBenchmark benchmark =
          new StepBenchmark(open.model(), open.settings(), /* warmUps= */ 1, repeats);
      for (int length : lengths) {
        for (int k : pairs) {
          StepCase step = new StepCase(length, responseTokens, k, !preferenceOnly);
          for (boolean shared : unshared ? List.of(true, false) : List.of(true)) {
            StepResult result = benchmark.run(step, shared, console.cancellation());
            results.add(result);
            print(result, shared);
          }
        }
      }
    }
    Optional.ofNullable(json).ifPresent(file -> AtomicFile.writeText(file, Json.pretty(results)));
  }

  private void print(StepResult result, boolean shared) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%9d %3d %-8s %10.2f %12.0f %7.1f%% %11s %13s%n",
            result.step().documentTokens(),
            result.step().pairs(),
            shared ? "one" : "2 K",
            result.medianSeconds(),
            result.tokensPerSecond(),
            100 * result.modelFlopsUtilization(),
            result.peakMemoryBytes().isPresent()
                ? Long.toString(result.peakMemoryBytes().getAsLong() >> 20)
                : "unknown",
            result.bytesPerDocumentToken().isPresent()
                ? Long.toString(Math.round(result.bytesPerDocumentToken().getAsDouble()))
                : "unknown");
    console.out().flush();
  }

  private static void requirePositive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw new UserError(option + " holds " + value + ", expected at least 1.");
      }
    }
  }
}
