package org.longpo.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From text to the ids that a model reads, the one way for all that write, score and train: ids of
 * another way would be those of something else.
 *
 * <p>{@link PromptEncoder} does it as a checkpoint's tokenizer and chat template define it.
 */
public interface Prompts {
  /**
   * A conversation, with the opening of the answer that the model writes next.
   *
   * @param messages at least one
   * @throws org.longpo.error.UserError if the chat template refuses the conversation
   */
  Prompt of(List<Message> messages);

  /** As {@link #of(List)}, for a conversation of one message of the user. */
  default Prompt of(String userMessage) {
    return of(List.of(Message.user(userMessage)));
  }

  /**
   * A conversation with the opening of the answer and the answer's beginning, which the model
   * continues. White space around the beginning is part of it. Where a template's opening begins a
   * block of reasoning, the beginning stands in this block; a model without a template continues
   * the message.
   *
   * @param beginning plain text; its ids here follow those of {@link #of(List)}, while a tokenizer
   *     that encodes both in one piece may join them
   * @throws org.longpo.error.UserError if the chat template refuses the conversation
   */
  default Prompt begun(List<Message> messages, String beginning) {
    return new Prompt(
        withBegun(messages, beginning), concat(of(messages).tokens(), encode(beginning).tokens()));
  }

  /** The messages of a prompt whose answer is begun: the beginning is the last one. */
  static List<Message> withBegun(List<Message> messages, String beginning) {
    return Stream.concat(messages.stream(), Stream.of(Message.assistant(beginning))).toList();
  }

  /**
   * A conversation in which the model's answers are ids, which stand in it as they are. It only
   * grows at its end: the ids before a response are exactly those of {@link #of(List)}.
   *
   * @throws org.longpo.error.UserError if the chat template refuses the conversation or leaves out
   *     an answer
   */
  Conversation conversation(List<Turn> turns);

  /** Ids of plain text alone, with the text that each came from. */
  TokenSpans encode(String text);

  /** The id that begins plain text; empty if the tokenizer has none. */
  OptionalInt beginToken();

  /** The id that ends an answer, as the chat template writes it; empty if no token ends one. */
  OptionalInt endToken();

  /** The ids with any of which a model ends its answer. */
  default int[] endTokens() {
    return endToken().stream().toArray();
  }

  /** Plain text that the model continues, after the begin token if there is one. */
  default Prompt continued(String text) {
    return new Prompt(List.of(), concat(beginToken().stream().toArray(), encode(text).tokens()));
  }

  /**
   * Plain text with each of several continuations of it, after the begin token if there is one.
   *
   * @param continuations white space that divides them from the text stands at their beginnings
   */
  default List<ContextAndContinuation> continuations(String text, List<String> continuations) {
    return ContextAndContinuation.of(part -> continued(part).tokens(), text, continuations);
  }

  /**
   * A conversation with each of several answers, as text: white space that the template writes last
   * belongs to the answers, as {@link ContextAndContinuation#of} has it. Here, for prompts that
   * have no text of the conversation, the ids of both follow each other.
   *
   * @throws org.longpo.error.UserError if the chat template refuses the conversation
   */
  default List<ContextAndContinuation> answers(List<Message> messages, List<String> answers) {
    int[] context = of(messages).tokens();
    return answers.stream()
        .map(answer -> new ContextAndContinuation(context, encode(answer).tokens()))
        .toList();
  }

  /**
   * Ids of an answer of which only the text is known.
   *
   * @param ended whether its writer ended it: then the end token follows, if there is one
   */
  default int[] answer(String text, boolean ended) {
    int[] end = ended ? endToken().stream().toArray() : new int[0];
    return concat(encode(text).tokens(), end);
  }

  /** The number of ids of plain text alone. */
  default int countTokens(String text) {
    return encode(text).tokens().length;
  }

  private static int[] concat(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
