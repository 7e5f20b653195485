package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * One question of RULER with its context.
 *
 * @param input what the user says: the task, the context and, on the last line, the question
 * @param answerPrefix how the model's answer begins; the space before it is part of it
 * @param outputs the references, at least one
 */
record RulerSample(String input, String answerPrefix, List<String> outputs) {
  RulerSample {
    outputs = List.copyOf(outputs);
  }

  /**
   * The prompt as a model reads it. RULER's templates, too, write the prefix after the opening of
   * the answer ({@code scripts/data/prepare.py}), so that the model cannot but answer.
   */
  Prompt prompt(Prompts prompts) {
    return prompts.begun(List.of(Message.user(input)), answerPrefix);
  }

  /** The same with a solved example before it, in the same message. */
  RulerSample after(String example) {
    return new RulerSample(example + input, answerPrefix, outputs);
  }

  /** The input without its context, for people: the last line of it that is not blank. */
  String question() {
    String stripped = input.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1);
  }
}
