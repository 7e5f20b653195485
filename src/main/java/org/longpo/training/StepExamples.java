package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The examples of every step. Where the objective learns from the policy's own samples, these stand
 * in them: drawn before the first of the steps that share a sampling, and kept until each has had
 * its turn.
 */
final class StepExamples {
  private final TrainingData data;
  private final DataOrder order;
  private final int steps;
  private final Optional<OnPolicySampler> sampler;
  private List<StepSamples> drawn;

  /**
   * @param steps of the whole run
   * @param drawn samples that a checkpoint holds
   */
  StepExamples(
      TrainingData data,
      DataOrder order,
      int steps,
      Optional<OnPolicySampler> sampler,
      List<StepSamples> drawn) {
    this.data = data;
    this.order = order;
    this.steps = steps;
    this.sampler = sampler;
    this.drawn = List.copyOf(drawn);
  }

  /** Indices of the documents of a step. */
  int[] documents(int step) {
    return order.documents(step);
  }

  /**
   * Draws the samples of this step and of those that share its sampling, if it is the first of
   * them.
   *
   * @param beforeToken runs again and again and may throw to stop; then nothing has changed
   */
  void prepare(int step, Runnable beforeToken) {
    if (sampler.isPresent() && step % sampler.get().every() == 0) {
      drawn = draw(sampler.get(), step, beforeToken);
    }
  }

  private List<StepSamples> draw(OnPolicySampler from, int first, Runnable beforeToken) {
    int end = Math.min(first + from.every(), steps);
    List<OnPolicySampler.Request> requests = new ArrayList<>();
    for (int step = first; step < end; step++) {
      for (int document : documents(step)) {
        requests.add(new OnPolicySampler.Request(data.example(document), "step " + step));
      }
    }
    List<List<Sample>> samples = from.draw(requests, beforeToken);
    List<StepSamples> byStep = new ArrayList<>();
    int at = 0;
    for (int step = first; step < end; step++) {
      int documents = documents(step).length;
      byStep.add(new StepSamples(step, samples.subList(at, at + documents)));
      at += documents;
    }
    return byStep;
  }

  /**
   * The example of a document of a step.
   *
   * @param place of the document in the step
   */
  TrainingExample example(int step, int place) {
    TrainingExample example = data.example(documents(step)[place]);
    return sampler.isEmpty() ? example : example.withSamples(samples(step).documents().get(place));
  }

  private StepSamples samples(int step) {
    return drawn.stream()
        .filter(samples -> samples.step() == step)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no samples for step " + step));
  }

  /** The samples that steps from this one on still learn from: a checkpoint needs them. */
  List<StepSamples> left(int step) {
    return drawn.stream().filter(samples -> samples.step() >= step).toList();
  }
}
