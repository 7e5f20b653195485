package org.longpo.evaluation;

/**
 * A text to build haystacks of or to measure on.
 *
 * @param name for errors, such as the path of its file
 */
public record SourceText(String name, String text) {}
