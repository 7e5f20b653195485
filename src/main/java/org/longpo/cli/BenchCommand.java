package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.longpo.bench.BenchReport;
import org.longpo.bench.GenerationBenchmark;
import org.longpo.bench.GenerationResult;
import org.longpo.bench.StepBenchmark;
import org.longpo.bench.StepCase;
import org.longpo.bench.StepResult;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Tuning;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.model.BareModel;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.tensor.Libtorch;
import org.longpo.training.MemoryEstimate;
import org.longpo.training.OptimizerKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longpo bench}: what this machine makes of a model. */
@Command(
    name = "bench",
    header = "Measures training steps and generation on this machine: seconds, memory, MFU.",
    description = {
      "Times forward, log-probabilities and backward over a synthetic document with K pairs,"
          + " without the optimizer, and with --answers the answers to several instructions about"
          + " one document.",
      "MFU is the share of the measured matrix-product rate that goes into useful operations: the"
          + " causal half of attention counts, recomputation does not. bytes/token is the peak"
          + " memory above the weights by document token, gradients and loss head included; theory"
          + " is what every further token asks for."
    })
final class BenchCommand implements Configured {
  private final Console console;

  private final SettingFlags flags = new SettingFlags(ModelKeys.SECTION);

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
      description = "Pairs per document; 0: no training steps. Default: ${DEFAULT-VALUE}.")
  private List<Integer> pairs = List.of();

  @Option(
      names = "--response-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens of an answer in training. Default: ${DEFAULT-VALUE}.")
  private int responseTokens;

  @Option(names = "--preference-only", description = "Without the NLL over the whole sequence.")
  private boolean preferenceOnly;

  @Option(
      names = "--unshared",
      description = "Also run the 2 K sequences one by one, for comparison.")
  private boolean unshared;

  @Option(
      names = "--answers",
      split = ",",
      paramLabel = "N",
      description = "Also time generation: so many answers about one document at once.")
  private List<Integer> answers = List.of();

  @Option(
      names = "--answer-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens of a generated answer. Default: ${DEFAULT-VALUE}.")
  private int answerTokens;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Counted runs, of which the median is shown. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs before those. Default: ${DEFAULT-VALUE}.")
  private int warmUps;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all figures to this file.")
  private @Nullable Path json;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public SettingFlags flags() {
    return flags;
  }

  @Override
  public void run() {
    Settings given = flags.read();
    if (flags.wantsListing()) {
      flags.print(new SettingsListing(given), console);
      return;
    }
    requireAtLeast(1, "--lengths", lengths);
    requireAtLeast(0, "--pairs", pairs);
    requireAtLeast(1, "--answers", answers);
    requireAtLeast(1, "--response-tokens", List.of(responseTokens));
    requireAtLeast(1, "--answer-tokens", List.of(answerTokens));
    requireAtLeast(1, "--repeats", List.of(repeats));
    requireAtLeast(0, "--warm-ups", List.of(warmUps));
    if (json != null) {
      OutputFile output = new OutputFile("--json", json);
      output.requireOutside(given.get(ModelKeys.MODEL), ModelKeys.MODEL.flag());
      flags.config().ifPresent(file -> output.requireNot(file, SettingFlags.CONFIG));
    }
    try (BareModel open = BareModel.open(ModelKeys.choice(given))) {
      List<StepCase> cases = cases();
      cases.forEach(step -> requireMemory(open, step));
      BenchReport report =
          new BenchReport(
              Libtorch.version(),
              open.model().device().name().toLowerCase(Locale.ROOT),
              Libtorch.threads(),
              open.model().dtype().name().toLowerCase(Locale.ROOT),
              open.settings().kernels().toString(),
              steps(open.model(), open.settings(), cases),
              generation(open.model(), open.settings()));
      if (json != null) {
        AtomicFile.writeText(json, Json.pretty(report));
      }
    }
  }

  private List<StepCase> cases() {
    return lengths.stream()
        .flatMap(
            length ->
                pairs.stream()
                    .filter(k -> k > 0)
                    .map(k -> new StepCase(length, responseTokens, k, !preferenceOnly)))
        .toList();
  }

  /** Refuses a length before anything is measured, not in the middle of it. */
  private static void requireMemory(BareModel open, StepCase step) {
    long rows = step.documentTokens() + 2L * step.pairs() * step.responseTokens();
    MemoryEstimate.of(
            open.model().config(),
            open.model().dtype(),
            OptimizerKind.ADAMW,
            Tuning.FULL,
            open.settings(),
            rows)
        .withoutOptimizer()
        .requireFits(open.model().device());
  }

  private List<StepResult> steps(
      LanguageModel measured, EngineSettings settings, List<StepCase> cases) {
    StepBenchmark benchmark = new StepBenchmark(measured, settings, warmUps, repeats);
    List<StepResult> results = new ArrayList<>();
    BenchTable table = new BenchTable(console);
    if (!cases.isEmpty()) {
      table.stepHead();
    }
    for (StepCase step : cases) {
      for (boolean shared : unshared ? List.of(true, false) : List.of(true)) {
        StepResult result = benchmark.run(step, shared, console.cancellation());
        results.add(result);
        table.step(result);
      }
    }
    return results;
  }

  private List<GenerationResult> generation(LanguageModel measured, EngineSettings settings) {
    GenerationBenchmark benchmark = new GenerationBenchmark(measured, settings, warmUps, repeats);
    List<GenerationResult> results = new ArrayList<>();
    BenchTable table = new BenchTable(console);
    if (!answers.isEmpty()) {
      table.generationHead();
    }
    for (int length : lengths) {
      for (int count : answers) {
        GenerationResult result =
            benchmark.run(length, count, answerTokens, console.cancellation());
        results.add(result);
        table.generation(result);
      }
    }
    return results;
  }

  private static void requireAtLeast(int least, String option, List<Integer> values) {
    for (int value : values) {
      if (value < least) {
        throw new UserError(option + " holds " + value + ", expected at least " + least + ".");
      }
    }
  }
}
