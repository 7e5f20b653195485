package org.longpo.evaluation.longtext;

import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/** How a model is given a prompt. */
public enum PromptForm {
  /** As a text that it continues. */
  COMPLETION {
    @Override
    public Prompt of(Prompts prompts, String text) {
      return prompts.continued(text);
    }
  },
  /** As a user's message that it answers. */
  CHAT {
    @Override
    public Prompt of(Prompts prompts, String text) {
      return prompts.of(text);
    }
  };

  /** The prompt as ids. */
  public abstract Prompt of(Prompts prompts, String text);
}
