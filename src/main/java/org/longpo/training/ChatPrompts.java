package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.longpo.text.Conversation;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Turn;

/** Prompts through the checkpoint's chat template. */
public final class ChatPrompts implements ExamplePrompts {
  private final PromptEncoder encoder;
  private final BinaryOperator<String> message;

  /**
   * @param message what the user says, from context and instruction; the same as when the answers
   *     were sampled
   */
  public ChatPrompts(PromptEncoder encoder, BinaryOperator<String> message) {
    this.encoder = encoder;
    this.message = message;
  }

  @Override
  public int[] prompt(String context, String instruction) {
    return encoder.prompt(message.apply(context, instruction));
  }

  /** Later turns hold the instruction alone. */
  @Override
  public Conversation conversation(
      String context, List<String> instructions, List<int[]> responses) {
    List<Turn> turns = new ArrayList<>();
    for (int k = 0; k < instructions.size(); k++) {
      String instruction = instructions.get(k);
      turns.add(Turn.user(k == 0 ? message.apply(context, instruction) : instruction));
      turns.add(Turn.response(responses.get(k)));
    }
    return encoder.encode(turns);
  }
}
