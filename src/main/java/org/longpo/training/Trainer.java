package org.longpo.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.WeightParts;
import org.longpo.error.UserError;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.GemmRate;
import org.longpo.tensor.Scope;

/**
 * Trains a model in place, step by step, with checkpoints to resume from.
 *
 * <p>Everything that decides a run (weights, optimizer, position in the data, samples drawn, sums
 * of metrics) is in a checkpoint, and the order of the data follows from the seed: a run that was
 * killed and started again ends with the same bytes as one that was not.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final TrainingFolder folder;
  private final Progress progress;
  private final Cancellation cancellation;
  private final WeightParts weights;
  private final Optimizer optimizer;
  private final TrainingStep work;
  private final TrainingData data;
  private final HeldOutEvaluation evaluation;
  private final StepExamples examples;
  private final StepPlan plan;
  private final StateStore<TrainingState> store;
  private final TrainingLogs logs;
  private final MetricWindow window;
  private final Throughput throughput;
  private final CollapseGuard guard;
  private int step;
  private int savedStep;
  private int skippedInARow;
  private TrainingState.Update lastUpdate;

  /** Continues from the newest whole checkpoint, or starts. */
  private Trainer(
      TrainingModels models,
      TrainingData allData,
      TrainingSettings settings,
      EngineSettings engine,
      TrainingJob job,
      Progress progress,
      Cancellation cancellation) {
    this.settings = settings;
    this.progress = progress;
    this.cancellation = cancellation;
    folder = job.folder();
    LanguageModel model = models.policy();
    weights = model.parts();
    optimizer =
        Optimizer.create(
            settings.optimizer().optim(),
            weights,
            WeightDecay.ofMatrices(settings.optimizer().weightDecay()),
            settings.optimizer().home(model.device()));
    work = new TrainingStep(model, settings.objective(), engine);
    DataSplit split = DataSplit.of(allData, settings.validation(), settings.seed());
    data = split.training();
    plan = StepPlan.of(settings, data.size());
    throughput = new Throughput(GemmRate.ofMachine(model.dtype(), model.device()));
    Optional<OnPolicySampler> sampler = OnPolicySampler.of(models, allData, settings, engine);
    job.claim();
    store =
        new StateStore<>(
            folder.checkpoints(), job.identity().sha256(), TrainingState.class, this::isSaveDue);
    TrainingState start = store.newest().orElse(TrainingState.START);
    step = start.step();
    savedStep = step;
    skippedInARow = start.updates().skippedInARow();
    lastUpdate = start.updates().last();
    guard = new CollapseGuard(settings, store, start.collapse().watch(), progress);
    window = new MetricWindow(start.window());
    examples =
        new StepExamples(
            data, DataOrder.of(settings, data.size()), plan.steps(), sampler, start.samples());
    evaluation =
        new HeldOutEvaluation(work, split.heldOut(), sampler, settings, plan.steps(), start.best());
    if (step > 0) {
      store.restore(start, weights.trainedValues(), optimizer.state());
      optimizer.restoreUpdates(start.updates().count());
      progress.say("Training continues after step %d of %d.".formatted(step, plan.steps()));
    }
    logs = new TrainingLogs(folder, start.logs());
  }

  /**
   * Goes on from the newest whole checkpoint, or starts, and trains to the end, which with {@code
   * stop_on_collapse} may be an early one. Then the model has the weights that {@link
   * ResultWeights} names.
   *
   * @param models of which the policy is trained
   * @param engine how the engine cuts its work; beyond rounding it changes nothing
   * @param job whose folder takes checkpoints and logs; those of the same run are continued
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   * @throws UserError if the folder holds another run, or too many steps in a row were skipped, or
   *     all
   */
  public static TrainingEnd train(
      TrainingModels models,
      TrainingData data,
      TrainingSettings settings,
      EngineSettings engine,
      TrainingJob job,
      Progress progress,
      Cancellation cancellation) {
    try (Scope ignored = Scope.open()) {
      return new Trainer(models, data, settings, engine, job, progress, cancellation).run();
    }
  }

  private TrainingEnd run() {
    try (logs;
        Progress.Task task = progress.start("Training", "steps", step, plan.steps())) {
      if (logs.hasLostLines()) {
        progress.say(
            "Lines of the logs before this step were removed; training does not need them.");
      }
      // A run that was stopped while it evaluated has that still to do.
      finishStep();
      while (!isLast()) {
        long tokens = oneStep();
        step++;
        boolean isLineDue = isLast() || step % settings.steps().loggingSteps() == 0;
        String figures = isLineDue && !window.isEmpty() ? log() : "";
        task.advance(1, tokens, figures);
        finishStep();
      }
    }
    requireUpdates();
    return new ResultWeights(settings, store, weights, progress)
        .load(evaluation, guard, step, plan.steps());
  }

  /** However few steps were skipped in a row: a run of none but skipped ones is no training. */
  private void requireUpdates() {
    long skipped = step - optimizer.updates();
    if (optimizer.updates() == 0) {
      throw new UserError(
          "Training learned nothing: all %d steps were skipped, because loss or gradient was not finite (%s names the documents); lower learning_rate or look at these documents."
              .formatted(step, folder.skipped()));
    }
    if (skipped > 0) {
      progress.say(
          "%d of %d steps were skipped; %s names their documents."
              .formatted(skipped, step, folder.skipped().getFileName()));
    }
  }

  private void finishStep() {
    boolean isEvaluationDue = evaluation.isDue(step, logs.lines().evaluations());
    boolean isBetter = isEvaluationDue && evaluate();
    boolean isDue = isSaveDue(step) || guard.stopsTraining();
    if (isBetter || isDue && (step != savedStep || isEvaluationDue)) {
      save();
    }
  }

  private boolean isLast() {
    return step == plan.steps() || guard.stopsTraining();
  }

  private boolean isSaveDue(int atStep) {
    return atStep > 0 && (atStep % settings.steps().saveSteps() == 0 || atStep == plan.steps());
  }

  /** Returns whether these weights are the best so far. */
  private boolean evaluate() {
    long begin = System.nanoTime();
    HeldOutEvaluation.Result result = evaluation.run(step, this::stopIfRequested);
    long took = System.nanoTime() - begin;
    throughput.exclude(took);
    Map<String, Object> line = stepAndEpoch();
    line.putAll(result.metrics());
    logs.evaluation(line, took / 1e9);
    progress.say(result.sentence());
    return result.isBest();
  }

  /** Returns the tokens that went through the model. */
  private long oneStep() {
    try (Scope ignored = Scope.open()) {
      examples.prepare(step, this::stopIfRequested);
      return oneStep(examples.documents(step));
    }
  }

  private long oneStep(int[] documents) {
    weights.forEachTrained(Parameter::zeroGradient);
    List<TrainingStep.Outcome> outcomes = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (int place = 0; place < documents.length; place++) {
      stopIfRequested();
      TrainingStep.Outcome outcome =
          work.accumulate(examples.example(step, place), 1.0 / documents.length);
      outcomes.add(outcome);
      throughput.add(outcome);
      if (!outcome.isFinite()) {
        broken.add(data.id(documents[place]));
      }
    }
    String reason = "the loss is not finite";
    double norm = broken.isEmpty() ? GradientNorm.of(weights) : 0;
    if (!Double.isFinite(norm)) {
      reason = "the gradient is not finite";
      Arrays.stream(documents).mapToObj(data::id).forEach(broken::add);
    }
    if (broken.isEmpty()) {
      update(norm);
      outcomes.forEach(window::add);
      guard.observe(step + 1, outcomes);
      if (step == 0) {
        PreferencePull.tell(outcomes, progress);
      }
    } else {
      skip(reason, broken);
    }
    return outcomes.stream().mapToLong(TrainingStep.Outcome::tokens).sum();
  }

  /** Within a step or an evaluation nothing has changed since the end of the step before. */
  private void stopIfRequested() {
    if (cancellation.requested()) {
      if (step != savedStep) {
        save();
      }
      cancellation.throwIfRequested();
    }
  }

  private void update(double norm) {
    lastUpdate = new TrainingState.Update(norm, plan.learningRate(step));
    GradientNorm.clip(weights, norm, settings.optimizer().maxGradNorm());
    optimizer.update(lastUpdate.learningRate());
    skippedInARow = 0;
  }

  private void skip(String reason, List<String> documents) {
    skippedInARow++;
    logs.skipped(step + 1, reason, documents);
    String where = String.join(", ", documents);
    progress.say("Step %d is skipped: %s (document %s).".formatted(step + 1, reason, where));
    if (skippedInARow >= settings.steps().maxSkippedSteps()) {
      throw new UserError(
          "Training stops at step %d: %s, for the %d. step in a row (document %s); lower learning_rate or look at these documents."
              .formatted(step + 1, reason, skippedInARow, where));
    }
  }

  private String log() {
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

  private void save() {
    TrainingState state =
        new TrainingState(
            step,
            new TrainingState.Updates(optimizer.updates(), skippedInARow, lastUpdate),
            logs.lines(),
            evaluation.best(),
            window.sums(),
            guard.saved(),
            examples.left(step));
    // What training changes: frozen weights are those of the model that the run starts from.
    store.save(state, weights.trainedValues(), optimizer.state());
    savedStep = step;
  }
}
