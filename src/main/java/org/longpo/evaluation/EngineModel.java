package org.longpo.evaluation;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Sampling;
import org.longpo.engine.Scorer;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;

/** A model of the engine with its tokenizer and chat template. */
public final class EngineModel implements TestedModel {
  private final Generator generator;
  private final Scorer scorer;
  private final Tokenizer tokenizer;
  private final Function<String, int[]> prompt;
  private final ReasoningFormat reasoning;

  /**
   * @param prompt tokens of the prompt that puts a user's message to the model
   * @param reasoning how the model marks its reasoning behind such a prompt
   */
  public EngineModel(
      LanguageModel model,
      EngineSettings settings,
      Tokenizer tokenizer,
      Function<String, int[]> prompt,
      ReasoningFormat reasoning) {
    this.generator = new Generator(model, settings);
    this.scorer = new Scorer(model, settings);
    this.tokenizer = tokenizer;
    this.prompt = prompt;
    this.reasoning = reasoning;
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
    ReasoningBudget budget = reasoning.budget(prompts.size(), maxNewTokens);
    return generator
        .generate(
            prompts,
            Sampling.greedy(),
            seeds,
            budget.maxNewTokens(),
            tokenizer.endTokens(),
            budget::drawn)
        .stream()
        .map(drawn -> answer(drawn.tokens()))
        .toList();
  }

  private Answer answer(int[] drawn) {
    ReasoningFormat.Split split = reasoning.split(drawn);
    return new Answer(split.text(), drawn.length, split.reasoning());
  }

  @Override
  public double[] logProbs(int[] sequence, int start) {
    return scorer.logProbs(List.of(sequence), new int[] {start}).getFirst();
  }
}
