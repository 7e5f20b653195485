package org.longpo.objective;

/** Whose log-probs, given which input, of which response: one array of a {@link PairLogProbs}. */
public enum Reading {
  POLICY_LONG_CHOSEN(true, Input.LONG, Response.CHOSEN),
  POLICY_LONG_REJECTED(true, Input.LONG, Response.REJECTED),
  POLICY_SHORT_CHOSEN(true, Input.SHORT, Response.CHOSEN),
  POLICY_SHORT_REJECTED(true, Input.SHORT, Response.REJECTED),
  REFERENCE_SHORT_CHOSEN(false, Input.SHORT, Response.CHOSEN),
  REFERENCE_SHORT_REJECTED(false, Input.SHORT, Response.REJECTED),
  REFERENCE_LONG_CHOSEN(false, Input.LONG, Response.CHOSEN),
  REFERENCE_LONG_REJECTED(false, Input.LONG, Response.REJECTED);

  private final boolean policy;
  private final Input input;
  private final Response response;

  Reading(boolean policy, Input input, Response response) {
    this.policy = policy;
    this.input = input;
    this.response = response;
  }

  /** The model in training, pi_theta: the readings that receive gradients. */
  public static Reading policy(Input input, Response response) {
    return of(true, input, response);
  }

  /** The frozen generator of this round, pi_S: plain numbers. */
  public static Reading reference(Input input, Response response) {
    return of(false, input, response);
  }

  /** True for pi_theta, false for the frozen reference pi_S. */
  public boolean isPolicy() {
    return policy;
  }

  public Input input() {
    return input;
  }

  public Response response() {
    return response;
  }

  private static Reading of(boolean policy, Input input, Response response) {
    for (Reading reading : values()) {
      if (reading.policy == policy && reading.input == input && reading.response == response) {
        return reading;
      }
    }
    throw new IllegalStateException("every combination has a reading");
  }
}
