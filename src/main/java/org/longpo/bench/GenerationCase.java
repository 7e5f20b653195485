package org.longpo.bench;

/**
 * Answers about documents.
 *
 * @param documentTokens tokens of a document, which its answers share
 * @param documents how many there are
 * @param answers about each of them
 * @param answerTokens tokens of each
 */
public record GenerationCase(int documentTokens, int documents, int answers, int answerTokens) {}
