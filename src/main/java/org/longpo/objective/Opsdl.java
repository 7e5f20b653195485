package org.longpo.objective;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.SuppliedValues;

/**
 * OPSDL, on-policy self-distillation for long contexts (arXiv:2604.17535): the policy writes given
 * the long input, and the model that training started from corrects it token by token given the
 * short one.
 *
 * <pre>
 * y                ~ pi_theta(.|x_L),   drawn during training
 * A_t              = log pi_T(y_t|x_S, y_&lt;t) - log pi_theta(y_t|x_L, y_&lt;t)
 * dL/dlog pi_theta = -A_t / |y|,   mean over k;   the advantage A_t is detached
 * L                = mean_k (1/2) mean_t A_t^2
 * </pre>
 *
 * <p>It is {@link Distill} on fresh samples: they stand in the place of the rejected responses. The
 * policy gradient minimises the reverse KL[pi_theta(.|x_L) || pi_T(.|x_S)] at every token of a
 * sample, the effect of a token on later ones left out. Chosen responses are read for their metrics
 * alone, which are the same as those of other objectives.
 *
 * <p>How often is sampled, and the division by |y|, are this project's choices. Samples of another
 * temperature than 1, or of a nucleus, are not the policy's own distribution and are not corrected
 * for that; nor are the steps between two samplings.
 *
 * @param sampleEvery steps between two samplings
 * @param sampleTokens limit of a sample in tokens, the end token included
 * @param sampleTemperature of the samples
 * @param sampleTopP of the samples
 */
public record Opsdl(
    @Option(
            defaultValue = "4",
            meaning =
                "Steps that learn from the samples of one sampling; with 1 all are the current"
                    + " weights' own, which takes the longest.")
        @Range(from = 1)
        int sampleEvery,
    @Option(
            defaultText = "the limit of the pairs' answers",
            derivedBy = LimitOfAnswers.class,
            meaning = "Tokens of a sample at most.")
        @Range(from = 1)
        int sampleTokens,
    @Option(
            defaultValue = "1",
            label = "T",
            meaning = "Of the samples; 1 is the policy's own distribution, 0 is greedy.")
        @Range(from = 0)
        double sampleTemperature,
    @Option(defaultValue = "1", label = "P", meaning = "Nucleus of the samples; 1 is off.")
        @Range(above = 0, to = 1)
        double sampleTopP)
    implements Objective {
  /** The limit of the pairs' answers in tokens, an {@code Integer}. */
  public static final String ANSWER_TOKENS = "answerTokens";

  /** Samples are answers like those of the pairs. */
  static final class LimitOfAnswers implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied.find(ANSWER_TOKENS, Integer.class);
    }
  }

  public Opsdl {
    OptionChecks.require(Opsdl.class, sampleEvery, sampleTokens, sampleTemperature, sampleTopP);
  }

  @Override
  public Requirements requirements() {
    return Requirements.onPolicy(
        EnumSet.of(Reading.POLICY_LONG_REJECTED, Reading.REFERENCE_SHORT_REJECTED),
        new FreshSamples(sampleEvery, sampleTokens, sampleTemperature, sampleTopP));
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    return new Distill().apply(document);
  }
}
