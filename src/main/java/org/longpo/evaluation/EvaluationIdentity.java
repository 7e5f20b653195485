package org.longpo.evaluation;

/**
 * What an evaluation's results depend on, in {@code evaluation.json}.
 *
 * @param format version of the files' layout
 * @param model fingerprint of weights, tokenizer and template
 * @param inputsSha256 of all texts and questions
 */
public record EvaluationIdentity(
    int format, String model, String inputsSha256, EvaluationSettings settings) {
  static final int FORMAT = 2;
}
