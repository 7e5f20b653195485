package org.longpo.objective;

/**
 * Responses that an objective needs from the policy itself, given the long input: they take the
 * place of the pairs' rejected ones, with the log-probs of the frozen start model, given the short
 * input, as their reference.
 *
 * @param every steps between two samplings: the weights at step s draw what the steps s to s +
 *     every - 1 learn from; 1: always from the weights that they train
 * @param maxNewTokens of a response at most, the end token included
 * @param temperature divides the logits; 0: greedy
 * @param topP nucleus; 1: off
 */
public record FreshSamples(int every, int maxNewTokens, double temperature, double topP) {}
