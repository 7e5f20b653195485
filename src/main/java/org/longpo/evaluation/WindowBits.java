package org.longpo.evaluation;

/**
 * The code length of a window of held-out text.
 *
 * @param source index of the text
 * @param startChar first UTF-16 unit of the window's scored text
 * @param tokens scored tokens
 * @param bytes UTF-8 bytes of the scored tokens' text
 * @param bits minus the sum of the tokens' log2-probabilities
 */
public record WindowBits(int source, int startChar, int tokens, int bytes, double bits) {}
