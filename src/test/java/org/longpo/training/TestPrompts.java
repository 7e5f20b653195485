package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.inference.CharacterPrompts;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Turn;

/** One id per character; 1 context 2 instruction 3 response 4 2 instruction 3 response 4 ... */
final class TestPrompts extends CharacterPrompts {
  private static final String BETWEEN = "\n\n";

  @Override
  public Prompt of(List<Message> messages) {
    return new Prompt(messages, message(messages.getFirst()).toArray());
  }

  @Override
  public Conversation conversation(List<Turn> turns) {
    List<Integer> tokens = new ArrayList<>();
    List<Conversation.Span> spans = new ArrayList<>();
    for (Turn turn : turns) {
      switch (turn) {
        case Turn.Said said -> message(said.message()).forEach(tokens::add);
        case Turn.Response response -> {
          int start = tokens.size();
          IntStream.of(response.tokens()).forEach(tokens::add);
          spans.add(new Conversation.Span(start, tokens.size()));
          tokens.add(4);
        }
      }
    }
    return new Conversation(tokens.stream().mapToInt(Integer::intValue).toArray(), spans);
  }

  @Override
  protected IntStream message(Message message) {
    int between = message.content().indexOf(BETWEEN);
    if (between < 0) {
      return turn(message.content());
    }
    IntStream context =
        IntStream.concat(IntStream.of(1), message.content().substring(0, between).chars());
    return IntStream.concat(context, turn(message.content().substring(between + BETWEEN.length())));
  }

  private static IntStream turn(String instruction) {
    return IntStream.concat(
        IntStream.of(2), IntStream.concat(instruction.chars(), IntStream.of(3)));
  }
}
