package org.longpo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Sampling;
import org.longpo.progress.Cancellation;

/** Times the answers to several instructions about one document: one prefill, shared decoding. */
public final class GenerationBenchmark {
  private static final long SEED = 1;
  private static final int INSTRUCTION_TOKENS = 16;
  private static final int[] NO_END = {};

  private final LanguageModel model;
  private final EngineSettings settings;
  private final int warmUps;
  private final int repeats;

  public GenerationBenchmark(
      LanguageModel model, EngineSettings settings, int warmUps, int repeats) {
    this.model = model;
    this.settings = settings;
    this.warmUps = warmUps;
    this.repeats = repeats;
  }

  /** {@code answers} greedy answers of exactly {@code answerTokens} tokens. */
  public GenerationResult run(
      int documentTokens, int answers, int answerTokens, Cancellation cancellation) {
    List<GenerationRequest> requests =
        prompts(documentTokens, answers).stream().map(p -> new GenerationRequest(p, 0)).toList();
    double[] seconds = new double[repeats];
    for (int run = -warmUps; run < repeats; run++) {
      cancellation.throwIfRequested();
      long start = System.nanoTime();
      List<Generated> drawn =
          new Generator(model, settings)
              .generate(requests, Sampling.greedy(), answerTokens, NO_END);
      double elapsed = (System.nanoTime() - start) / 1e9;
      if (drawn.stream().anyMatch(answer -> answer.tokens().length != answerTokens)) {
        throw new IllegalStateException("an answer ended early and would make the figure too good");
      }
      if (run >= 0) {
        seconds[run] = elapsed;
      }
    }
    return new GenerationResult(documentTokens, answers, answerTokens, seconds, Median.of(seconds));
  }

  /** The document and one instruction each. */
  private List<int[]> prompts(int documentTokens, int answers) {
    Random random = new Random(SEED);
    int vocabulary = model.config().vocabularySize();
    int[] document = random.ints(documentTokens, 0, vocabulary).toArray();
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      int[] prompt = Arrays.copyOf(document, documentTokens + INSTRUCTION_TOKENS);
      for (int j = documentTokens; j < prompt.length; j++) {
        prompt[j] = random.nextInt(vocabulary);
      }
      prompts.add(prompt);
    }
    return prompts;
  }
}
