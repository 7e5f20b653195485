package org.longpo.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Sampling;
import org.longpo.files.Sha256;
import org.longpo.progress.Cancellation;

/** Times the answers to instructions about documents: one prefill of each, shared decoding. */
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

  /**
   * Greedy answers of exactly the wanted length.
   *
   * @param together as one batch; otherwise one request after the other
   */
  public GenerationResult run(
      GenerationCase generation, boolean together, Cancellation cancellation) {
    List<GenerationRequest> requests = requests(generation);
    double[] seconds = new double[repeats];
    String answers = "";
    for (int run = -warmUps; run < repeats; run++) {
      cancellation.throwIfRequested();
      long start = System.nanoTime();
      List<Generated> drawn =
          together
              ? draw(requests, generation)
              : requests.stream()
                  .flatMap(request -> draw(List.of(request), generation).stream())
                  .toList();
      double elapsed = (System.nanoTime() - start) / 1e9;
      if (drawn.stream().anyMatch(a -> a.tokens().length != generation.answerTokens())) {
        throw new IllegalStateException("an answer ended early and would make the figure too good");
      }
      if (run >= 0) {
        seconds[run] = elapsed;
      }
      answers = sha256(drawn);
    }
    return new GenerationResult(generation, together, seconds, Median.of(seconds), answers);
  }

  private List<Generated> draw(List<GenerationRequest> requests, GenerationCase generation) {
    return new Generator(model, settings)
        .generate(requests, Sampling.greedy(), generation.answerTokens(), NO_END);
  }

  private static String sha256(List<Generated> answers) {
    return Sha256.of(
        answers.stream()
            .map(answer -> Arrays.toString(answer.tokens()))
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The documents and their instructions. */
  private List<GenerationRequest> requests(GenerationCase generation) {
    Random random = new Random(SEED);
    int vocabulary = model.config().vocabularySize();
    List<GenerationRequest> requests = new ArrayList<>();
    for (int d = 0; d < generation.documents(); d++) {
      int[] document = random.ints(generation.documentTokens(), 0, vocabulary).toArray();
      for (int i = 0; i < generation.answers(); i++) {
        int[] prompt = Arrays.copyOf(document, document.length + INSTRUCTION_TOKENS);
        for (int j = document.length; j < prompt.length; j++) {
          prompt[j] = random.nextInt(vocabulary);
        }
        requests.add(new GenerationRequest(prompt, i));
      }
    }
    return requests;
  }
}
