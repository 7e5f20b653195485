package org.longpo.evaluation;

import java.util.List;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Sampling;
import org.longpo.engine.Scorer;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.Tokenizer;

/** A model of the engine. */
public final class EngineModel implements TestedModel {
  private final Generator generator;
  private final Scorer scorer;
  private final Tokenizer tokenizer;
  private final ReasoningFormat reasoning;

  /**
   * @param reasoning how the model marks its reasoning after a prompt
   */
  public EngineModel(
      LanguageModel model,
      EngineSettings settings,
      Tokenizer tokenizer,
      ReasoningFormat reasoning) {
    this.generator = new Generator(model, settings);
    this.scorer = new Scorer(model, settings);
    this.tokenizer = tokenizer;
    this.reasoning = reasoning;
  }

  @Override
  public List<Answer> answer(List<int[]> prompts, int maxNewTokens) {
    ReasoningBudget budget = reasoning.budget(prompts.size(), maxNewTokens);
    return generator
        .generate(
            prompts.stream().map(prompt -> new GenerationRequest(prompt, 0)).toList(),
            Sampling.greedy(),
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
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    return scorer.logProbs(sequences, starts);
  }
}
