package org.longpo.training;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.longpo.progress.Progress;

/** What a run does about a collapse: it warns, once for each, or stops. */
final class CollapseGuard {
  private final TrainingSettings settings;
  private final CollapseWatch watch;
  private final StateStore<TrainingState> store;
  private final Progress progress;
  private CollapseState state;

  /**
   * @param state of the checkpoint that the run continues from
   */
  CollapseGuard(
      TrainingSettings settings,
      StateStore<TrainingState> store,
      CollapseState state,
      Progress progress) {
    this.settings = settings;
    this.watch = new CollapseWatch(settings.steps().collapse());
    this.store = store;
    this.state = state;
    this.progress = progress;
  }

  /**
   * What a checkpoint holds of it.
   *
   * @param watch what the watch knows
   * @param checkpointBefore the step of the checkpoint that would be the result if training
   *     collapsed now
   */
  record Saved(CollapseState watch, OptionalInt checkpointBefore) {
    static final Saved START = new Saved(CollapseState.START, OptionalInt.empty());
  }

  Saved saved() {
    return new Saved(state, checkpointBefore());
  }

  /**
   * Looks at a step that was not skipped, and warns if training begins to collapse.
   *
   * @param step its number, from 1
   * @param outcomes of its documents
   */
  void observe(int step, List<TrainingStep.Outcome> outcomes) {
    MetricWindow ofStep = new MetricWindow(Map.of());
    outcomes.forEach(ofStep::add);
    boolean wasUnderWay = state.collapse().isPresent();
    state = watch.after(state, step, ofStep.drain());
    if (!wasUnderWay) {
      state
          .collapse()
          .ifPresent(begun -> progress.say("warning: " + begun.sentence() + " " + remedies()));
    }
  }

  private String remedies() {
    StringJoiner remedies = new StringJoiner("; ", "What helps: ", ".");
    remedies.add("a lower learning_rate");
    settings.objective().remediesForCollapse().forEach(remedies::add);
    remedies.add(
        state.lastGoodStep().stream()
            .boxed()
            .flatMap(step -> store.newestUpTo(step).stream())
            .findFirst()
            .map(path -> "the weights of %s, from before the fall".formatted(path))
            .orElse(
                "stop_on_collapse, with save_steps so small that a checkpoint is from before the"
                    + " fall"));
    return remedies.toString();
  }

  /** Whether a collapse has ended the run. */
  boolean stopsTraining() {
    return settings.steps().collapse().stopOnCollapse() && state.collapse().isPresent();
  }

  /**
   * The step of the checkpoint that is the result if training collapses: the last one due before
   * anything had become worse. Others, of an interruption, must not decide the result.
   *
   * @return empty if there is none, or a collapse does not end the run
   */
  OptionalInt checkpointBefore() {
    if (!settings.steps().collapse().stopOnCollapse()) {
      return OptionalInt.empty();
    }
    int saveSteps = settings.steps().saveSteps();
    return state.lastGoodStep().stream()
        .map(step -> step / saveSteps * saveSteps)
        .filter(step -> step > 0)
        .findFirst();
  }
}
