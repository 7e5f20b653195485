package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.Sampling;
import org.longpo.engine.Scorer;
import org.longpo.files.Sha256;
import org.longpo.objective.FreshSamples;
import org.longpo.tensor.Scope;

/**
 * Draws responses from the policy as it is, given the long inputs, and scores them by the frozen
 * teacher, given the short ones.
 *
 * <p>All responses of a call are drawn together: what the prompts of a document share is read once.
 * A response depends on the weights, the prompt and the seed, which follows from the run's seed,
 * the occasion, the document and the pair.
 */
final class OnPolicySampler {
  private final Generator generator;
  private final Scorer teacher;
  private final FreshSamples settings;
  private final int[] endTokens;
  private final long runSeed;

  /**
   * A document to draw for.
   *
   * @param example laid out, with room for samples
   * @param occasion what the samples are for: other occasions give other samples
   */
  record Request(TrainingExample example, String occasion) {}

  private OnPolicySampler(
      Generator generator, Scorer teacher, FreshSamples settings, int[] endTokens, long runSeed) {
    this.generator = generator;
    this.teacher = teacher;
    this.settings = settings;
    this.endTokens = endTokens;
    this.runSeed = runSeed;
  }

  /**
   * That of a training; empty if its objective learns from the pairs' own responses.
   *
   * @throws org.longpo.error.UserError if the memory for keys and values that the user gave does
   *     not hold the longest sequence
   * @throws IllegalStateException if there is no teacher for it
   */
  static Optional<OnPolicySampler> of(
      TrainingModels models, TrainingData data, TrainingSettings settings, EngineSettings engine) {
    return settings
        .objective()
        .requirements()
        .freshSamples()
        .map(
            how -> {
              Generator generator = new Generator(models.policy(), engine);
              generator.requireRoom(data.scale().longest());
              Scorer teacher =
                  new Scorer(
                      models
                          .teacher()
                          .orElseThrow(() -> new IllegalStateException("no teacher for samples")),
                      engine);
              return new OnPolicySampler(
                  generator, teacher, how, data.endTokens(), settings.seed());
            });
  }

  /** Steps between two samplings. */
  int every() {
    return settings.every();
  }

  /** A document with samples of the policy as it is. */
  TrainingExample sampled(TrainingExample example, String occasion, Runnable beforeToken) {
    return example.withSamples(
        draw(List.of(new Request(example, occasion)), beforeToken).getFirst());
  }

  /**
   * Draws one response for every pair of every document.
   *
   * @param beforeToken runs again and again and may throw to stop
   * @return by document, then by pair
   * @throws org.longpo.error.UserError if the logits of a model are not finite
   */
  List<List<Sample>> draw(List<Request> documents, Runnable beforeToken) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (Request document : documents) {
      List<int[]> prompts = document.example().longPrompts();
      for (int k = 0; k < prompts.size(); k++) {
        requests.add(new GenerationRequest(prompts.get(k), seed(document, k)));
      }
    }
    try (Scope ignored = Scope.open()) {
      List<Generated> drawn =
          generator.generate(
              requests,
              Sampling.of(settings.temperature(), settings.topP()),
              settings.maxNewTokens(),
              endTokens,
              (request, token) -> {
                beforeToken.run();
                return true;
              });
      List<List<Sample>> samples = new ArrayList<>();
      int at = 0;
      for (Request document : documents) {
        beforeToken.run();
        int pairs = document.example().pairs();
        samples.add(scored(document.example().shortPrompts(), drawn.subList(at, at + pairs)));
        at += pairs;
      }
      return samples;
    }
  }

  private List<Sample> scored(List<int[]> shortPrompts, List<Generated> drawn) {
    List<int[]> sequences = new ArrayList<>();
    for (int k = 0; k < drawn.size(); k++) {
      sequences.add(TrainingExample.joined(shortPrompts.get(k), drawn.get(k).tokens()));
    }
    int[] starts = shortPrompts.stream().mapToInt(prompt -> prompt.length).toArray();
    List<double[]> logProbs = teacher.logProbs(sequences, starts);
    List<Sample> samples = new ArrayList<>();
    for (int k = 0; k < drawn.size(); k++) {
      samples.add(new Sample(drawn.get(k).tokens(), logProbs.get(k)));
    }
    return samples;
  }

  private long seed(Request document, int pair) {
    String purpose =
        "sample %d %s %s %d".formatted(runSeed, document.occasion(), document.example().id(), pair);
    String digest = Sha256.of(purpose.getBytes(StandardCharsets.UTF_8));
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }
}
