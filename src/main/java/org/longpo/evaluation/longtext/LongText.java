package org.longpo.evaluation.longtext;

/**
 * What the questions of a group share.
 *
 * @param before the prompt up to the text
 * @param text the long text
 */
public record LongText(String before, String text) {}
