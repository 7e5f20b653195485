package org.longpo.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.documents.DocumentSpan;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.text.Reasoning;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;

/**
 * Samples texts from the model and removes reasoning: a pair is made of the text after the block.
 */
final class AnswerSampler {
  private final GeneratorModel generator;
  private final SeedSequence seeds;
  private final ReasoningRule rule;
  private final ReasoningFormat format;

  AnswerSampler(GeneratorModel generator, SeedSequence seeds, ReasoningRule rule) {
    this.generator = generator;
    this.seeds = seeds;
    this.rule = rule;
    this.format = generator.prompts().reasoning();
  }

  /**
   * What the model wrote.
   *
   * @param text decoded, without reasoning; where there is no answer, all of it
   * @param generated the ids of the answer; none where there is no answer
   */
  record Sampled(String text, Generated generated, Reasoning reasoning) {
    boolean isStripped() {
      return reasoning == Reasoning.ENDED;
    }
  }

  /**
   * Samples one text for each prompt about a piece.
   *
   * @param indices of the drawn chunks that the prompts are about, for their seeds
   */
  List<Sampled> sample(
      LanguageModel model,
      List<int[]> prompts,
      SamplingSettings how,
      DocumentSpan piece,
      int[] indices,
      SeedPurpose purpose) {
    if (prompts.isEmpty()) {
      return List.of();
    }
    long[] drawn =
        Arrays.stream(indices).mapToLong(i -> seeds.forPair(piece.id(), i, purpose)).toArray();
    ReasoningBudget budget = format.budget(prompts.size(), how.maxNewTokens());
    List<Sampled> sampled = new ArrayList<>();
    for (Generated generated :
        new Generator(model, generator.engine())
            .generate(
                IntStream.range(0, prompts.size())
                    .mapToObj(i -> new GenerationRequest(prompts.get(i), drawn[i]))
                    .toList(),
                how.sampling(),
                budget.maxNewTokens(),
                generator.tokenizer().endTokens(),
                budget::drawn)) {
      ReasoningFormat.Split split = format.split(generated.tokens());
      String text =
          split.reasoning() == Reasoning.UNENDED
              ? generator.tokenizer().decode(generated.tokens())
              : split.text();
      sampled.add(
          new Sampled(text, new Generated(split.answer(), generated.ended()), split.reasoning()));
    }
    return sampled;
  }

  /** Whether reasoning is a reason to drop the pair. */
  Optional<DropReason> check(Sampled sampled) {
    return switch (sampled.reasoning()) {
      case NONE -> Optional.empty();
      case ENDED ->
          rule == ReasoningRule.DROP ? Optional.of(DropReason.REASONING) : Optional.empty();
      case UNENDED -> Optional.of(DropReason.REASONING_NOT_ENDED);
    };
  }
}
