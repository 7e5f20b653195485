package org.longpo.evaluation.longtext;

/**
 * A question about a long text.
 *
 * @param after the prompt from the text's end on
 * @param where file and line, for errors
 */
public record LongQuestion(LongText about, String after, AnswerKey key, String where)
    implements LongPrompt {}
