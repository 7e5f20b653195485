package org.longpo.evaluation.tasks.judged;

/**
 * What a judge is asked.
 *
 * @param system the system prompt
 * @param user the user's message
 */
record JudgeRequest(String system, String user) {
  /** What FastChat says where it says nothing in particular. */
  static final String PLAIN_SYSTEM = "You are a helpful assistant.";

  /** The request as one message of the user, as FastChat asks judges without a system prompt. */
  String asOneMessage() {
    return system.equals(PLAIN_SYSTEM) ? user : "[Instruction]\n" + system + "\n\n" + user;
  }
}
