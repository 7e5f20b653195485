package org.longpo.bench;

/**
 * What it took to answer several instructions about one document.
 *
 * @param documentTokens tokens that all answers share
 * @param answers answers decoded together
 * @param answerTokens tokens of each
 * @param seconds of every counted run: prefill and decoding
 */
public record GenerationResult(
    int documentTokens, int answers, int answerTokens, double[] seconds, double medianSeconds) {}
