package org.longpo.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/**
 * Adds up the terms of one document's objective: loss, dLoss/dlogp per token, rewards.
 *
 * <p>Terms are added already weighted; an objective uses one tally, which gives the result.
 */
final class Tally {
  private final Requirements requirements;
  private final DocumentLogProbs document;
  private final int[] nllTokens;
  private final double[] sequenceNllWeights;
  private final List<EnumMap<Reading, double[]>> gradients = new ArrayList<>();
  private final DocumentMetrics metrics;
  private double loss;

  /**
   * @throws IllegalStateException if a required reading is missing
   */
  Tally(Requirements requirements, DocumentLogProbs document) {
    this.requirements = requirements;
    this.document = document;
    this.nllTokens = document.nllTokens();
    this.sequenceNllWeights = new double[nllTokens.length];
    this.metrics = new DocumentMetrics(document);
    for (int k = 0; k < pairs(); k++) {
      for (Reading reading : requirements.readings()) {
        if (!document.pairs().get(k).has(reading)) {
          throw new IllegalStateException(
              "the objective needs " + reading + ", which pair " + k + " does not have");
        }
      }
      EnumMap<Reading, double[]> zeros = new EnumMap<>(Reading.class);
      for (Reading reading : document.pairs().get(k).readings()) {
        if (reading.isPolicy()) {
          zeros.put(reading, new double[document.pairs().get(k).get(reading).length]);
        }
      }
      gradients.add(zeros);
    }
  }

  /** K. */
  int pairs() {
    return document.pairs().size();
  }

  double[] logProbs(int pair, Reading reading) {
    return document.pairs().get(pair).get(reading);
  }

  DocumentMetrics metrics() {
    return metrics;
  }

  void addLoss(double term) {
    loss += term;
  }

  /** Adds to dLoss/dlogp of one token. */
  void addGradient(int pair, Reading reading, int token, double gradient) {
    gradientOf(pair, reading)[token] += gradient;
  }

  /** Adds the same to dLoss/dlogp of every token: the term depends on their sum. */
  void addGradient(int pair, Reading reading, double gradientPerToken) {
    double[] all = gradientOf(pair, reading);
    for (int t = 0; t < all.length; t++) {
      all[t] += gradientPerToken;
    }
  }

  /**
   * The NLL of the sequences that end in {@code response}: the mean over the NLL sequences of the
   * mean over the tokens of the span. In a chain that is -(1/|S|) log pi(S), in a tree the mean of
   * the pairs' own.
   */
  void addNll(NllSpan span, Response response) {
    switch (span) {
      case WHOLE_SEQUENCE -> {
        for (int j = 0; j < nllTokens.length; j++) {
          sequenceNllWeights[j] += sequenceNllWeight(j);
        }
      }
      case RESPONSE -> {
        for (int k = 0; k < pairs(); k++) {
          addLogLikelihood(k, Reading.policy(Input.LONG, response), -nllWeight(span, response, k));
        }
      }
      case NONE -> {}
    }
  }

  /** What the NLL weighs on a response token of a pair, as {@link #addNll} adds it; 0: nothing. */
  double nllWeight(NllSpan span, Response response, int pair) {
    return switch (span) {
      case WHOLE_SEQUENCE -> sequenceNllWeight(document.isChain() ? 0 : pair);
      case RESPONSE -> {
        Reading reading = Reading.policy(Input.LONG, response);
        long tokensOfAll = 0;
        for (int k = 0; k < pairs(); k++) {
          tokensOfAll += logProbs(k, reading).length;
        }
        yield 1
            / (document.isChain()
                ? (double) tokensOfAll
                : (double) pairs() * logProbs(pair, reading).length);
      }
      case NONE -> 0;
    };
  }

  private double sequenceNllWeight(int sequence) {
    return 1.0 / ((double) nllTokens.length * nllTokens[sequence]);
  }

  /**
   * Adds {@code weight} times a loss of the difference of a pair's rewards, both a function of the
   * policy's log-probs given {@code input}.
   */
  void addMarginLoss(
      int pair, Input input, double weight, MarginLoss term, Reward chosen, Reward rejected) {
    addLoss(weight * term.value());
    double slope = weight * term.slope();
    addGradient(pair, Reading.policy(input, Response.CHOSEN), slope * chosen.slope());
    addGradient(pair, Reading.policy(input, Response.REJECTED), -slope * rejected.slope());
  }

  /** Adds {@code weight} times the log-likelihood of one response. */
  void addLogLikelihood(int pair, Reading reading, double weight) {
    addLoss(weight * Numerics.sum(logProbs(pair, reading)));
    addGradient(pair, reading, weight);
  }

  /**
   * Adds {@code weight} times mean_k mean_t (log pi_theta(y_t|x_L) - log pi_S(y_t|x_S))^2, the
   * token-wise distance of the policy from the short-context model.
   */
  void addSquaredDistance(Response response, double weight) {
    Reading policyReading = Reading.policy(Input.LONG, response);
    for (int k = 0; k < pairs(); k++) {
      double[] policy = logProbs(k, policyReading);
      double[] reference = logProbs(k, Reading.reference(Input.SHORT, response));
      double weightPerToken = weight / ((double) pairs() * policy.length);
      for (int t = 0; t < policy.length; t++) {
        double difference = policy[t] - reference[t];
        addLoss(weightPerToken * difference * difference);
        addGradient(k, policyReading, t, 2 * weightPerToken * difference);
      }
    }
  }

  /** The document's result; NaN throughout if a required log-prob is not finite. */
  ObjectiveResult result() {
    if (!inputsAreFinite()) {
      loss = Double.NaN;
      gradients.forEach(pair -> pair.values().forEach(all -> Arrays.fill(all, Double.NaN)));
    }
    return new ObjectiveResult(
        loss,
        gradients.stream().map(PairGradients::new).toList(),
        sequenceNllWeights,
        metrics.byName());
  }

  private boolean inputsAreFinite() {
    return document.pairs().stream()
        .allMatch(
            pair ->
                requirements.readings().stream()
                    .allMatch(reading -> Numerics.allFinite(pair.get(reading))));
  }

  private double[] gradientOf(int pair, Reading reading) {
    double[] gradient = gradients.get(pair).get(reading);
    if (gradient == null) {
      throw new IllegalStateException(reading + " has no gradient");
    }
    return gradient;
  }
}
