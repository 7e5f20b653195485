package org.longpo.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.TreePass;
import org.longpo.objective.DocumentLogProbs;
import org.longpo.objective.Objective;
import org.longpo.objective.ObjectiveResult;
import org.longpo.objective.PairLogProbs;
import org.longpo.objective.Reading;
import org.longpo.tree.Targets;

/**
 * One document's share of a step: forest, forward, log-probs of the response tokens, objective in
 * doubles, one coefficient per token, backward.
 */
public final class TrainingStep {
  private final LanguageModel model;
  private final Objective objective;
  private final EngineSettings engine;
  private final double trainedShare;

  public TrainingStep(LanguageModel model, Objective objective, EngineSettings engine) {
    this.model = model;
    this.objective = objective;
    this.engine = engine;
    long trained = model.trainedParameters().stream().mapToLong(Parameter::elements).sum();
    trainedShare = (double) trained / model.parameterCount();
  }

  /**
   * The result of a document.
   *
   * @param loss the whole loss, NLL included; if it is not finite no gradient was added
   * @param metrics by TRL's names, {@code nll} among them where the objective has such a term
   * @param tokens rows that went through the model, shared ones once
   * @param usefulFlops operations that forward and backward cannot do without
   */
  public record Outcome(double loss, Map<String, Double> metrics, long tokens, double usefulFlops) {
    public boolean isFinite() {
      return Double.isFinite(loss);
    }
  }

  /** What is done with a pass once the coefficients stand; gives every row's log-prob. */
  @FunctionalInterface
  private interface LastPart {
    double[] apply(Forest forest, TreePass pass);
  }

  /**
   * Adds {@code weight} times the gradient of a document's loss to the model's parameters.
   *
   * @param weight 1 / documents of the step, for a mean over them
   */
  public Outcome accumulate(TrainingExample example, double weight) {
    return run(example, TreePass.Purpose.TRAIN, (forest, pass) -> forest.backward(pass, weight));
  }

  /** A document's loss and metrics; nothing goes backward. */
  public Outcome evaluate(TrainingExample example) {
    return run(example, TreePass.Purpose.SCORE, Forest::read);
  }

  private Outcome run(TrainingExample example, TreePass.Purpose purpose, LastPart last) {
    List<Forest> forests = Forest.of(example, model.config());
    long tokens = forests.stream().mapToLong(Forest::rows).sum();
    // All log-probs are read before any coefficient is set, so every pass stays open until then.
    Deque<TreePass> passes = new ArrayDeque<>();
    try {
      forests.forEach(forest -> passes.addLast(forest.forward(model, engine, purpose)));
      ObjectiveResult result = objective.apply(read(example, forests, List.copyOf(passes)));
      if (!result.isFinite()) {
        return new Outcome(Double.NaN, result.metrics(), tokens, 0);
      }
      assemble(example, result, forests);
      double[] sums = new double[example.nllSequences().size()];
      int at = 0;
      for (TreePass pass : passes) {
        Forest forest = forests.get(at++);
        double[] byRow = last.apply(forest, pass);
        for (int j = 0; j < sums.length; j++) {
          if (forest.holds(example.nllSequences().get(j))) {
            sums[j] = forest.sum(example.nllSequences().get(j), byRow);
          }
        }
      }
      return outcome(
          result,
          sums,
          tokens,
          forests.stream().mapToDouble(f -> f.usefulFlops(model.config(), trainedShare)).sum());
    } finally {
      while (!passes.isEmpty()) {
        passes.removeLast().close();
      }
    }
  }

  private static Outcome outcome(
      ObjectiveResult result, double[] sums, long tokens, double usefulFlops) {
    double loss = result.totalLoss(sums);
    Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
    if (Arrays.stream(result.sequenceNllWeights()).anyMatch(weight -> weight != 0)) {
      metrics.put(TrainingMetric.NLL, loss - result.loss());
    }
    return new Outcome(loss, metrics, tokens, usefulFlops);
  }

  private static DocumentLogProbs read(
      TrainingExample example, List<Forest> forests, List<TreePass> passes) {
    List<Map<Reading, double[]>> pairs = new ArrayList<>();
    example
        .references()
        .forEach(
            references -> {
              Map<Reading, double[]> readings = new EnumMap<>(Reading.class);
              readings.putAll(references);
              pairs.add(readings);
            });
    for (int f = 0; f < forests.size(); f++) {
      Forest forest = forests.get(f);
      List<ResponseSpan> spans =
          example.spans().stream().filter(span -> forest.holds(span.sequence())).toList();
      double[] logProbs =
          passes.get(f).logProbs(Targets.concatenate(spans.stream().map(forest::targets).toList()));
      int at = 0;
      for (ResponseSpan span : spans) {
        pairs
            .get(span.pair())
            .put(span.reading(), Arrays.copyOfRange(logProbs, at, at + span.tokens()));
        at += span.tokens();
      }
    }
    return new DocumentLogProbs(
        pairs.stream().map(PairLogProbs::new).toList(), example.nllTokens());
  }

  /** dLoss/dlogp of every token, summed over the paths that share it. */
  private static void assemble(
      TrainingExample example, ObjectiveResult result, List<Forest> forests) {
    double[] nllWeights = result.sequenceNllWeights();
    for (Forest forest : forests) {
      for (ResponseSpan span : example.spans()) {
        if (forest.holds(span.sequence())) {
          forest.add(span, result.gradients().get(span.pair()).get(span.reading()));
        }
      }
      for (int j = 0; j < nllWeights.length; j++) {
        int sequence = example.nllSequences().get(j);
        if (nllWeights[j] != 0 && forest.holds(sequence)) {
          forest.add(sequence, -nllWeights[j]);
        }
      }
    }
  }
}
