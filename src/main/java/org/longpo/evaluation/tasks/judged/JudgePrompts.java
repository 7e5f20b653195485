package org.longpo.evaluation.tasks.judged;

import java.util.Arrays;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * Requests as prompts of a judge.
 *
 * @param takesSystem whether its chat template writes system prompts; else they stand at the
 *     beginning of the user's message
 */
record JudgePrompts(Prompts prompts, boolean takesSystem) {
  static JudgePrompts of(Prompts prompts) {
    return new JudgePrompts(prompts, takesSystem(prompts));
  }

  /** Some templates refuse a system prompt, others leave it out. */
  private static boolean takesSystem(Prompts prompts) {
    List<Message> user = List.of(Message.user("?"));
    try {
      Prompt both = prompts.of(List.of(Message.system("!"), user.getFirst()));
      return !Arrays.equals(both.tokens(), prompts.of(user).tokens());
    } catch (UserError refused) {
      return false;
    }
  }

  Prompt of(JudgeRequest request) {
    return takesSystem
        ? prompts.of(List.of(Message.system(request.system()), Message.user(request.user())))
        : prompts.of(request.asOneMessage());
  }
}
