package org.longpo.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.engine.Parameter;
import org.longpo.error.UserError;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Progress;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** One start of a {@link Trainer}: from a checkpoint, or from nothing, to the end of the run. */
final class TrainingLoop {
  private final Trainer trainer;
  private final TrainingSettings settings;
  private final Progress progress;
  private final List<Parameter> parameters;
  private final Optimizer optimizer;
  private final TrainingStep work;
  private final TrainingData data;
  private final HeldOutEvaluation evaluation;
  private final DataOrder order;
  private final StepPlan plan;
  private final int totalSteps;
  private final StateStore<TrainingState> store;
  private final TrainingState start;
  private final MetricWindow window;
  private final Throughput throughput;
  private int step;
  private int savedStep;
  private int skippedInARow;
  private TrainingState.Update lastUpdate;
  private Optional<TrainingState.Best> best;

  TrainingLoop(Trainer trainer) {
    this.trainer = trainer;
    settings = trainer.settings();
    progress = trainer.progress();
    parameters = trainer.model().trainedParameters();
    optimizer =
        Optimizer.create(
            settings.optimizer().optim(),
            parameters,
            WeightDecay.ofMatrices(settings.optimizer().weightDecay()),
            settings.optimizer().home(trainer.model().device()));
    work = new TrainingStep(trainer.model(), settings.objective(), trainer.execution().engine());
    DataSplit split = DataSplit.of(trainer.data(), settings.evaluation(), settings.seed());
    data = split.training();
    evaluation = new HeldOutEvaluation(work, split.heldOut());
    order = new DataOrder(data.size(), settings.gradientAccumulationSteps(), settings.seed());
    plan = StepPlan.of(settings, data.size());
    totalSteps = plan.steps();
    throughput = new Throughput(trainer.execution().peakFlops());
    StageIdentity identity = trainer.identity();
    identity.claim(trainer.folder());
    store =
        new StateStore<>(
            trainer.folder().resolve(Trainer.CHECKPOINTS),
            identity.sha256(),
            TrainingState.class,
            this::isSaveDue);
    start = store.newest().orElse(TrainingState.START);
    step = start.step();
    savedStep = step;
    skippedInARow = start.skippedInARow();
    lastUpdate = start.lastUpdate();
    best = start.best();
    window = new MetricWindow(start.window());
    if (step > 0) {
      store.restore(start, weights(), optimizer.state());
      optimizer.restoreUpdates(start.updates());
      progress.say("Training goes on after step %d of %d.".formatted(step, totalSteps));
    }
  }

  Trainer.Done toTheEnd() {
    try (TrainingLogs logs = new TrainingLogs(trainer.folder(), start.logs());
        Progress.Task task = progress.start("Training", "steps", step, totalSteps)) {
      if (logs.hasLostLines()) {
        progress.say("Lines of the logs before this step are gone; training is not touched by it.");
      }
      // A run that was stopped while it evaluated has that still to do.
      finishStep(logs, isEvaluationDue(logs));
      while (step < totalSteps) {
        long tokens = oneStep(logs);
        step++;
        boolean isLineDue = isLast() || step % settings.loggingSteps() == 0;
        String figures = isLineDue && !window.isEmpty() ? log(logs) : "";
        task.advance(1, tokens, figures);
        finishStep(logs, isEvaluationDue(logs));
      }
    }
    requireUpdates();
    loadBest();
    return new Trainer.Done(step, optimizer.updates());
  }

  /** However few steps were skipped in a row: a run of none but skipped ones is no training. */
  private void requireUpdates() {
    long skipped = step - optimizer.updates();
    if (optimizer.updates() == 0) {
      throw new UserError(
          "Training learned nothing: all %d steps were skipped, because loss or gradient was not finite (%s names the documents); lower learning_rate or look at these documents."
              .formatted(step, trainer.folder().resolve(TrainingLogs.SKIPPED)));
    }
    if (skipped > 0) {
      progress.say(
          "%d of %d steps were skipped; %s names their documents."
              .formatted(skipped, step, TrainingLogs.SKIPPED));
    }
  }

  private void finishStep(TrainingLogs logs, boolean isEvaluationDue) {
    boolean isBetter = isEvaluationDue && evaluate(logs);
    if (isBetter || isSaveDue(step) && (step != savedStep || isEvaluationDue)) {
      save(logs);
    }
  }

  private boolean isLast() {
    return step == totalSteps;
  }

  private boolean isSaveDue(int atStep) {
    return atStep > 0 && (atStep % settings.saveSteps() == 0 || atStep == totalSteps);
  }

  /** Whether an evaluation of the weights as they are belongs to the run and was not done yet. */
  private boolean isEvaluationDue(TrainingLogs logs) {
    if (settings.evaluation().evalShare() == 0 || step == 0) {
      return false;
    }
    int every = settings.evaluation().evalSteps().orElse(settings.saveSteps());
    boolean isExtra = isLast() && step % every != 0;
    return (isExtra || step % every == 0)
        && logs.lines().evaluations() < step / every + (isExtra ? 1 : 0);
  }

  /** Returns whether these weights are the best so far. */
  private boolean evaluate(TrainingLogs logs) {
    long begin = System.nanoTime();
    HeldOutEvaluation.Result result = evaluation.run(() -> stopIfAsked(logs));
    long took = System.nanoTime() - begin;
    throughput.exclude(took);
    Map<String, Object> line = stepAndEpoch();
    line.putAll(result.metrics());
    logs.evaluation(line, took / 1e9);
    if (result.loss().isEmpty()) {
      progress.say(
          "Step %d: the evaluation loss is not finite (document %s)."
              .formatted(step, String.join(", ", result.broken())));
      return false;
    }
    double loss = result.loss().getAsDouble();
    boolean isBetter = best.isEmpty() || loss < best.get().loss();
    if (isBetter) {
      best = Optional.of(new TrainingState.Best(step, loss));
    }
    progress.say(
        "Step %d: evaluation loss %.4f%s."
            .formatted(
                step,
                loss,
                isBetter
                    ? ", the best so far"
                    : ", the best was %.4f at step %d"
                        .formatted(best.get().loss(), best.get().step())));
    return isBetter;
  }

  private void loadBest() {
    if (settings.evaluation().loadBestModelAtEnd() && best.isPresent()) {
      store.restoreWeights(best.get().step(), weights());
      progress.say("The weights of step %d are the best.".formatted(best.get().step()));
    } else if (settings.evaluation().loadBestModelAtEnd()) {
      progress.say("No evaluation loss was finite, so there is no best step: the last one counts.");
    }
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
      stopIfAsked(logs);
      TrainingStep.Outcome outcome =
          work.accumulate(data.example(document), 1.0 / documents.length);
      outcomes.add(outcome);
      throughput.add(outcome);
      if (!outcome.isFinite()) {
        broken.add(data.id(document));
      }
    }
    String reason = "the loss is not finite";
    double norm = broken.isEmpty() ? GradientNorm.of(parameters) : 0;
    if (!Double.isFinite(norm)) {
      reason = "the gradient is not finite";
      Arrays.stream(documents).mapToObj(data::id).forEach(broken::add);
    }
    if (broken.isEmpty()) {
      update(norm);
      outcomes.forEach(window::add);
    } else {
      skip(logs, reason, broken);
    }
    return outcomes.stream().mapToLong(TrainingStep.Outcome::tokens).sum();
  }

  /** Within a step or an evaluation nothing has changed since the end of the step before. */
  private void stopIfAsked(TrainingLogs logs) {
    if (trainer.cancellation().requested()) {
      if (step != savedStep) {
        save(logs);
      }
      trainer.cancellation().throwIfRequested();
    }
  }

  private void update(double norm) {
    lastUpdate = new TrainingState.Update(norm, plan.learningRate(step));
    GradientNorm.clip(parameters, norm, settings.optimizer().maxGradNorm());
    optimizer.update(lastUpdate.learningRate());
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
    Map<String, Object> line = stepAndEpoch();
    Map<String, Double> means = window.drain();
    line.putAll(means);
    line.put(TrainingMetric.GRAD_NORM, lastUpdate.gradientNorm());
    line.put(TrainingMetric.LEARNING_RATE, lastUpdate.learningRate());
    logs.metrics(line, throughput.drain());
    return "loss %.4f".formatted(means.get(TrainingMetric.LOSS));
  }

  private Map<String, Object> stepAndEpoch() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(TrainingMetric.STEP, step);
    line.put(TrainingMetric.EPOCH, (double) step / plan.stepsPerEpoch());
    return line;
  }

  private void save(TrainingLogs logs) {
    TrainingState state =
        new TrainingState(
            step,
            optimizer.updates(),
            skippedInARow,
            lastUpdate,
            logs.lines(),
            best,
            window.sums());
    store.save(state, weights(), optimizer.state());
    savedStep = step;
  }

  /** What training changes: frozen weights are those of the model that the run starts from. */
  private Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    parameters.forEach(parameter -> weights.put(parameter.name(), parameter.value()));
    return weights;
  }
}
