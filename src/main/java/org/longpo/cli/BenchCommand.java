package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longpo.bench.BenchReport;
import org.longpo.bench.GenerationBenchmark;
import org.longpo.bench.GenerationCase;
import org.longpo.bench.GenerationResult;
import org.longpo.bench.StepBenchmark;
import org.longpo.bench.StepCase;
import org.longpo.bench.StepResult;
import org.longpo.engine.Tuning;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.model.LoadedWeights;
import org.longpo.model.ModelChoice;
import org.longpo.settings.Option;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import org.longpo.tensor.Libtorch;
import org.longpo.training.MemoryEstimate;
import org.longpo.training.OptimizerKind;
import picocli.CommandLine.Command;

/** {@code longpo bench}: speed and memory of a model on this machine. */
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
          + " is what every further token needs."
    })
final class BenchCommand extends OptionCommand {
  /** What is measured. */
  @Section("Benchmark")
  record Benchmark(
      @Option(defaultValue = "4096, 16384", meaning = "Document lengths in tokens.")
          @Range(from = 1)
          List<Integer> lengths,
      TrainingSteps training,
      Generation generation,
      @Option(defaultValue = "3", meaning = "Counted runs, of which the median is shown.")
          @Range(from = 1)
          int repeats,
      @Option(defaultValue = "1", meaning = "Runs before those.") @Range(from = 0) int warmUps,
      @Option(
              defaultText = "none",
              label = "FILE",
              meaning = "Also write all figures to this file.")
          Optional<Path> json) {}

  /** The training steps that are measured. */
  record TrainingSteps(
      @Option(
              defaultValue = "1, 4",
              label = "K",
              meaning = "Pairs per document; 0: no training steps.")
          @Range(from = 0)
          List<Integer> pairs,
      @Option(defaultValue = "256", meaning = "Tokens of an answer in training.") @Range(from = 1)
          int responseTokens,
      @Option(defaultValue = "false", meaning = "Without the NLL over the whole sequence.")
          boolean preferenceOnly,
      @Option(
              defaultValue = "false",
              meaning = "Also run the 2 K sequences one by one, for comparison.")
          boolean unshared) {}

  /** The answers that are measured. */
  record Generation(
      @Option(
              defaultText = "none",
              meaning = "Also time generation: this number of answers about each document.")
          @Range(from = 1)
          List<Integer> answers,
      @Option(defaultValue = "128", meaning = "Tokens of a generated answer.") @Range(from = 1)
          int answerTokens,
      @Option(
              defaultValue = "1",
              label = "N",
              meaning = "Documents whose answers are generated together.")
          @Range(from = 1)
          int answeredDocuments,
      @Option(
              defaultValue = "false",
              meaning = "Also generate the answers one by one, for comparison.")
          boolean oneByOne) {}

  BenchCommand(Console console) {
    super(
        console,
        Schema.of(Variants.NONE, Benchmark.class, ModelChoice.class)
            .without("reasoning_tokens", "chat_template_kwargs", "chat_date")
            .inFileWith("bench_", Benchmark.class));
  }

  @Override
  void run(OptionValues given) {
    Benchmark benchmark = given.read(Benchmark.class);
    ModelChoice choice = ModelCheck.choice(given);
    benchmark
        .json()
        .ifPresent(
            json -> {
              OutputFile output = new OutputFile("--json", json);
              output.requireOutside(choice.folder(), "--model");
              requireNotConfig(output);
            });
    try (LoadedWeights open = LoadedWeights.open(choice)) {
      List<StepCase> cases = cases(benchmark);
      cases.forEach(step -> requireMemory(open, step));
      BenchReport report =
          new BenchReport(
              Libtorch.version(),
              Libtorch.threads(),
              open.settings().kernels().toString(),
              new BenchReport.Setup(
                  open.model().device().toString(),
                  open.model().dtype().name().toLowerCase(Locale.ROOT),
                  OptionRecords.byName(open.settings().options())),
              steps(open, benchmark, cases),
              generation(open, benchmark));
      benchmark.json().ifPresent(json -> AtomicFile.writeText(json, Json.pretty(report)));
    }
  }

  private static List<StepCase> cases(Benchmark benchmark) {
    TrainingSteps training = benchmark.training();
    return benchmark.lengths().stream()
        .flatMap(
            length ->
                training.pairs().stream()
                    .filter(k -> k > 0)
                    .map(
                        k ->
                            new StepCase(
                                length, training.responseTokens(), k, !training.preferenceOnly())))
        .toList();
  }

  /** Refuses a length before anything is measured, not in the middle of it. */
  private static void requireMemory(LoadedWeights open, StepCase step) {
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

  private List<StepResult> steps(LoadedWeights open, Benchmark benchmark, List<StepCase> cases) {
    StepBenchmark timed =
        new StepBenchmark(open.model(), open.settings(), benchmark.warmUps(), benchmark.repeats());
    List<StepResult> results = new ArrayList<>();
    BenchTable table = new BenchTable(console);
    if (!cases.isEmpty()) {
      table.stepHead();
    }
    for (StepCase step : cases) {
      for (boolean shared :
          benchmark.training().unshared() ? List.of(true, false) : List.of(true)) {
        StepResult result = timed.run(step, shared, console.cancellation());
        results.add(result);
        table.step(result);
      }
    }
    return results;
  }

  private List<GenerationResult> generation(LoadedWeights open, Benchmark benchmark) {
    GenerationBenchmark timed =
        new GenerationBenchmark(
            open.model(), open.settings(), benchmark.warmUps(), benchmark.repeats());
    List<GenerationResult> results = new ArrayList<>();
    BenchTable table = new BenchTable(console);
    Generation asked = benchmark.generation();
    if (!asked.answers().isEmpty()) {
      table.generationHead();
    }
    for (int length : benchmark.lengths()) {
      for (int count : asked.answers()) {
        GenerationCase one =
            new GenerationCase(length, asked.answeredDocuments(), count, asked.answerTokens());
        for (boolean together : asked.oneByOne() ? List.of(true, false) : List.of(true)) {
          GenerationResult result = timed.run(one, together, console.cancellation());
          results.add(result);
          table.generation(result);
        }
      }
    }
    return results;
  }
}
