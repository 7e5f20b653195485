package org.longpo.objective;

import java.util.EnumSet;

/**
 * Short-to-long self-distillation on the model's own long-context samples (arXiv:2604.17535).
 *
 * <pre>
 * A_t              = log pi_S(y_t|x_S, y_&lt;t) - log pi_theta(y_t|x_L, y_&lt;t)
 * dL/dlog pi_theta = -A_t / |y|,   mean over k;   the advantage A_t is detached
 * L                = mean_k (1/2) mean_t A_t^2
 * </pre>
 *
 * <p>The policy gradient with a per-token advantage minimises KL[pi_theta(.|x_L) || pi_S(.|x_S)].
 * Half the squared log-ratio has exactly that gradient at every sample, and is the loss that is
 * reported: it falls as the two models become more alike, while a surrogate -A_t log pi_theta may
 * not.
 *
 * <p>The samples are the rejected answers of the pair file, the teacher is the frozen pi_S. So this
 * is on-policy at the first step only, when the policy is still the model that wrote them; later
 * steps are not corrected for the difference. {@link Opsdl} draws fresh samples instead.
 */
public record Distill() implements Objective {
  @Override
  public Requirements requirements() {
    return Requirements.of(
        EnumSet.of(Reading.POLICY_LONG_REJECTED, Reading.REFERENCE_SHORT_REJECTED));
  }

  @Override
  public ObjectiveResult apply(DocumentLogProbs document) {
    Tally tally = new Tally(requirements(), document);
    tally.addSquaredDistance(Response.REJECTED, 0.5);
    return tally.result();
  }
}
