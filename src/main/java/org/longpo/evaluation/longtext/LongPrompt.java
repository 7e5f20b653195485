package org.longpo.evaluation.longtext;

/** A prompt with a long text in it. */
public interface LongPrompt {
  LongText about();

  /** The prompt from the text's end on. */
  String after();

  /** File and line, for errors. */
  String where();

  /** One whose answer has no score of its own, as where a judge reads it. */
  record Unscored(LongText about, String after, String where) implements LongPrompt {}
}
