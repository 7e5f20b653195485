package org.longpo.model;

import java.util.List;
import java.util.function.Supplier;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.inference.Scorer;

/** A model of the engine that reads. */
public final class EngineScorer implements Scorer {
  private final org.longpo.engine.Scorer scorer;
  private final String name;
  private final Supplier<String> fingerprint;

  /**
   * @param name the model's folder
   * @param fingerprint computed when it is needed: it takes every byte of the weights
   */
  public EngineScorer(
      LanguageModel model, EngineSettings settings, String name, Supplier<String> fingerprint) {
    this.scorer = new org.longpo.engine.Scorer(model, settings);
    this.name = name;
    this.fingerprint = fingerprint;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fingerprint() {
    return fingerprint.get();
  }

  @Override
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    return scorer.logProbs(sequences, starts);
  }

  @Override
  public List<Scored> score(List<int[]> sequences, int[] starts) {
    return scorer.score(sequences, starts).stream()
        .map(scored -> new Scored(scored.logProbs(), scored.greedy()))
        .toList();
  }
}
