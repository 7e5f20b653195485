package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Trains a model in place, step by step, with checkpoints to resume from.
 *
 * <p>Everything that decides a run (weights, optimizer, position in the data, sums of metrics) is
 * in a checkpoint, and the order of the data follows from the seed: a run that was killed and
 * started again ends with the same bytes as one that was not.
 */
public final class Trainer {
  private final LanguageModel model;
  private final TrainingData data;
  private final TrainingSettings settings;
  private final EngineSettings engine;
  private final StateStore store;
  private final Path folder;
  private final String run;
  private final Progress progress;
  private final Cancellation cancellation;

  /**
   * @param modelSha256 fingerprint of the weights that the model starts from
   * @param folder takes checkpoints and logs; those of the same run are continued
   */
  public Trainer(
      LanguageModel model,
      String modelSha256,
      TrainingData data,
      TrainingSettings settings,
      EngineSettings engine,
      Path folder,
      Progress progress,
      Cancellation cancellation) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.engine = engine;
    this.folder = folder;
    this.progress = progress;
    this.cancellation = cancellation;
    store = new StateStore(folder.resolve("checkpoints"));
    String identity =
        Json.line(settings.byName())
            + "\n"
            + data.sha256()
            + "\n"
            + modelSha256
            + "\n"
            + model.dtype();
    run = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Goes on from the newest whole checkpoint, or starts, and trains to the end.
   *
   * @return steps done in all, skipped ones included
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   * @throws UserError if the folder holds another run, or too many steps in a row were skipped
   */
  public int train() {
    try (Scope ignored = Scope.open()) {
      return new Run().toTheEnd();
    }
  }

  private final class Run {
    private final List<Parameter> parameters = model.trainedParameters();
    private final Optimizer optimizer =
        Optimizer.create(
            settings.optimizer().optim(), parameters, settings.optimizer().weightDecay());
    private final TrainingStep work = new TrainingStep(model, settings.objective(), engine);
    private final DataOrder order =
        new DataOrder(data.size(), settings.gradientAccumulationSteps(), settings.seed());
    private final int totalSteps = settings.totalSteps(data.size());
    private final int warmupSteps =
        LearningRateSchedule.warmupSteps(settings.optimizer().warmupRatio(), totalSteps);
    private final MetricWindow window;
    private int step;
    private int skippedInARow;
    private double gradientNorm;
    private double learningRate;
    private long windowTokens;
    private long windowStart = System.nanoTime();
    private final TrainingState start;

    Run() {
      start = store.newest(run).orElse(TrainingState.start(run));
      step = start.step();
      skippedInARow = start.skippedInARow();
      gradientNorm = start.gradientNorm();
      learningRate = start.learningRate();
      window = new MetricWindow(start.window());
      if (step > 0) {
        store.restore(start, weights(), optimizer.state());
        optimizer.restoreUpdates(start.updates());
        progress.say("Training goes on after step %d of %d.".formatted(step, totalSteps));
      }
    }

    int toTheEnd() {
      try (TrainingLogs logs = new TrainingLogs(folder, start);
          Progress.Task task = progress.start("Training", "steps", step, totalSteps)) {
        while (step < totalSteps) {
          long tokens = oneStep(logs);
          step++;
          windowTokens += tokens;
          boolean isLast = step == totalSteps;
          String figures = "";
          if ((isLast || step % settings.loggingSteps() == 0) && !window.isEmpty()) {
            figures = log(logs);
          }
          task.advance(1, tokens, figures);
          if (isLast || step % settings.saveSteps() == 0) {
            save(logs);
          }
        }
      }
      return step;
    }

    /** Returns the tokens that went through the model. */
    private long oneStep(TrainingLogs logs) {
      try (Scope ignored = Scope.open()) {
        return oneStep(logs, order.documents(step));
      }
    }

    private long oneStep(TrainingLogs logs, int[] documents) {
      parameters.forEach(Parameter::zeroGradient);
      List<TrainingStep.Outcome> outcomes = new ArrayList<>();
      List<String> broken = new ArrayList<>();
      for (int document : documents) {
        // Within a step nothing but gradients has changed, so what was saved is the step before.
        if (cancellation.requested()) {
          if (step > start.step()) {
            save(logs);
          }
          cancellation.throwIfRequested();
        }
        TrainingStep.Outcome outcome =
            work.accumulate(data.example(document), 1.0 / documents.length);
        outcomes.add(outcome);
        if (!outcome.isFinite()) {
          broken.add(data.id(document));
        }
      }
      String reason = "the loss is not finite";
      if (broken.isEmpty()) {
        gradientNorm = GradientNorm.of(parameters);
        if (!Double.isFinite(gradientNorm)) {
          reason = "the gradient is not finite";
          Arrays.stream(documents).mapToObj(data::id).forEach(broken::add);
        }
      }
      if (broken.isEmpty()) {
        update();
        outcomes.forEach(window::add);
      } else {
        skip(logs, reason, broken);
      }
      return outcomes.stream().mapToLong(TrainingStep.Outcome::tokens).sum();
    }

    private void update() {
      GradientNorm.clip(parameters, gradientNorm, settings.optimizer().maxGradNorm());
      learningRate =
          settings.optimizer().learningRate()
              * settings.optimizer().lrSchedulerType().factor(step, warmupSteps, totalSteps);
      optimizer.update(learningRate);
      skippedInARow = 0;
    }

    private void skip(TrainingLogs logs, String reason, List<String> documents) {
      skippedInARow++;
      logs.skipped(step + 1, reason, documents);
      String where = String.join(", ", documents);
      progress.say("Step %d is skipped: %s (document %s).".formatted(step + 1, reason, where));
      if (skippedInARow >= settings.maxSkippedSteps()) {
        throw new UserError(
            "Training stops at step %d: %s, for the %d. step in a row (document %s); lower learning_rate or look at these documents."
                .formatted(step + 1, reason, skippedInARow, where));
      }
    }

    private String log(TrainingLogs logs) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(TrainingMetric.STEP, step);
      int stepsPerEpoch = settings.stepsPerEpoch(data.size());
      line.put(TrainingMetric.EPOCH, (double) step / stepsPerEpoch);
      Map<String, Double> means = window.drain();
      line.putAll(means);
      line.put(TrainingMetric.GRAD_NORM, gradientNorm);
      line.put(TrainingMetric.LEARNING_RATE, learningRate);
      logs.metrics(line);
      logs.timings(step, windowTokens, (System.nanoTime() - windowStart) / 1e9);
      windowTokens = 0;
      windowStart = System.nanoTime();
      return "loss %.4f".formatted(means.get(TrainingMetric.LOSS));
    }

    private void save(TrainingLogs logs) {
      TrainingState state =
          new TrainingState(
              run,
              step,
              optimizer.updates(),
              skippedInARow,
              gradientNorm,
              learningRate,
              logs.metricsLines(),
              logs.timingsLines(),
              logs.skippedLines(),
              window.sums(),
              Map.of());
      store.save(state, weights(), optimizer.state());
    }

    /** What training changes: frozen weights are those of the model that the run starts from. */
    private Map<String, Tensor> weights() {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      parameters.forEach(parameter -> weights.put(parameter.name(), parameter.value()));
      return weights;
    }
  }
}
