package org.longpo.evaluation;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Sampling;
import org.longpo.engine.Scorer;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;

/** A model of the engine with its tokenizer and chat template. */
public final class EngineModel implements TestedModel {
  private final Generator generator;
  private final Scorer scorer;
  private final Tokenizer tokenizer;
  private final Function<String, int[]> prompt;

  /**
   * @param prompt tokens of the prompt that puts a user's message to the model
   */
  public EngineModel(
      LanguageModel model,
      EngineSettings settings,
      Tokenizer tokenizer,
      Function<String, int[]> prompt) {
    this.generator = new Generator(model, settings);
    this.scorer = new Scorer(model, settings);
    this.tokenizer = tokenizer;
    this.prompt = prompt;
  }

  @Override
  public int[] prompt(String message) {
    return prompt.apply(message);
  }

  @Override
  public TokenSpans encode(String text) {
    return tokenizer.encodeTextWithSpans(text);
  }

  @Override
  public OptionalInt beginToken() {
    return tokenizer.beginToken();
  }

  @Override
  public List<Answer> answer(List<int[]> prompts, int maxNewTokens) {
    // Greedy decoding draws nothing, so the seeds do not matter.
    long[] seeds = new long[prompts.size()];
    return generator
        .generate(prompts, Sampling.greedy(), seeds, maxNewTokens, tokenizer.endTokens())
        .stream()
        .map(drawn -> new Answer(tokenizer.decode(drawn.tokens()), drawn.tokens().length))
        .toList();
  }

  @Override
  public double[] logProbs(int[] sequence, int start) {
    return scorer.logProbs(List.of(sequence), new int[] {start}).getFirst();
  }
}
