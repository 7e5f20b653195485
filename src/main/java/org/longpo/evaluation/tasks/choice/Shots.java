package org.longpo.evaluation.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.text.ContextAndContinuation;
import org.longpo.text.Message;
import org.longpo.text.Prompts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before every question of a subset: a description and solved questions, as
 * lm-evaluation-harness 0.4.13 writes them (ConfigurableTask.fewshot_context in
 * lm_eval/api/task.py).
 *
 * <p>As plain text, a space divides a question from its answer and an empty line a solved question
 * from the next. With the chat template, as with {@code --apply_chat_template}, whose default is
 * {@code --fewshot_as_multiturn}: the description is the system's message, questions are the user's
 * and answers the assistant's, without the space. If the template refuses a system's message, the
 * description is left out, with a warning.
 */
final class Shots {
  private static final Logger LOG = LoggerFactory.getLogger(Shots.class);

  private static final String BEFORE_ANSWER = " ";
  private static final String AFTER_ANSWER = "\n\n";

  private final Prompts prompts;
  private final boolean isChat;
  private final String text;
  private final List<Message> messages;

  /**
   * @param description empty for none; as plain text it ends with the white space that divides it
   *     from what follows
   * @param solved the right options of solved questions
   */
  Shots(Prompts prompts, boolean isChat, String description, List<ChoiceQuestion.Option> solved) {
    this.prompts = prompts;
    this.isChat = isChat;
    this.text = isChat ? "" : text(description, solved);
    this.messages = isChat ? messages(prompts, description, solved) : List.of();
  }

  /**
   * What a model reads and what is scored, for every option.
   *
   * @throws UserError if the tokenizer leaves nothing of an option to score
   */
  List<ContextAndContinuation> with(ChoiceQuestion question) {
    List<ContextAndContinuation> all = new ArrayList<>();
    List<ChoiceQuestion.Option> options = question.options();
    for (int from = 0; from < options.size(); ) {
      String prompt = options.get(from).prompt();
      int to = from;
      List<String> answers = new ArrayList<>();
      while (to < options.size() && options.get(to).prompt().equals(prompt)) {
        answers.add(options.get(to).answer());
        to++;
      }
      // One call: the text before the options is encoded once.
      all.addAll(with(prompt, answers));
      from = to;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).continuation().length == 0) {
        throw new UserError(
            "%s: the tokenizer joins option number %d with the text before it, so there is nothing to score; give it other text."
                .formatted(question.where(), i + 1));
      }
    }
    return all;
  }

  private List<ContextAndContinuation> with(String prompt, List<String> answers) {
    if (!isChat) {
      return prompts.continuations(
          text + prompt, answers.stream().map(answer -> BEFORE_ANSWER + answer).toList());
    }
    List<Message> asked = new ArrayList<>(messages);
    asked.add(Message.user(prompt));
    return prompts.answers(asked, answers);
  }

  private static String text(String description, List<ChoiceQuestion.Option> solved) {
    StringBuilder text = new StringBuilder(description);
    for (ChoiceQuestion.Option option : solved) {
      text.append(option.prompt())
          .append(BEFORE_ANSWER)
          .append(option.answer())
          .append(AFTER_ANSWER);
    }
    return text.toString();
  }

  private static List<Message> messages(
      Prompts prompts, String description, List<ChoiceQuestion.Option> solved) {
    List<Message> messages = new ArrayList<>();
    system(prompts, description).ifPresent(messages::add);
    for (ChoiceQuestion.Option option : solved) {
      messages.add(Message.user(option.prompt()));
      messages.add(Message.assistant(option.answer()));
    }
    return messages;
  }

  private static Optional<Message> system(Prompts prompts, String description) {
    if (description.isEmpty()) {
      return Optional.empty();
    }
    Message system = Message.system(description);
    try {
      prompts.of(List.of(system, Message.user("?")));
      return Optional.of(system);
    } catch (UserError e) {
      LOG.warn(
          "The chat template refuses a system's message, so '{}' is left out: {}",
          description.strip(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
