package org.longpo.inference;

import org.longpo.text.Prompts;
import org.longpo.text.Reasoning;

/**
 * A text that was written.
 *
 * @param text without special tokens and without reasoning; empty if the reasoning reached no
 *     answer
 * @param whole all that was written, reasoning included, for people
 * @param tokens ids of {@code text} as they follow the prompt, the end token included if there is
 *     one; none if the reasoning reached no answer
 * @param ended whether the writer ended the text; false: it ran into the limit
 * @param reasoning whether reasoning came before the text
 * @param drawnTokens how many tokens were drawn, those of reasoning included
 */
public record Written(
    String text,
    String whole,
    TokenIds tokens,
    boolean ended,
    Reasoning reasoning,
    int drawnTokens) {
  /**
   * A text without reasoning of a writer that gives no ids.
   *
   * @param ended whether the writer ended it
   * @param prompts of the model that reads the text
   */
  public static Written encoded(String text, boolean ended, Prompts prompts) {
    int[] ids = prompts.answer(text, ended);
    return new Written(text, text, TokenIds.encoded(ids), ended, Reasoning.NONE, ids.length);
  }

  /** For people: the text, or all that was written where there is none. */
  public String shown() {
    return reasoning == Reasoning.UNENDED ? whole : text;
  }
}
