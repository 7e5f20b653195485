package org.longpo.evaluation.longtext;

import java.util.List;
import org.longpo.text.Prompt;

/**
 * The prompts of a group, none of which exceeds the limit.
 *
 * @param prompts one for each question
 * @param isTruncated whether the middle of their text was cut out
 */
public record FittedPrompts(List<Prompt> prompts, boolean isTruncated) {
  public FittedPrompts {
    prompts = List.copyOf(prompts);
  }

  /** Tokens of the longest one. */
  int longest() {
    return prompts.stream().mapToInt(Prompt::length).max().orElseThrow();
  }
}
