package org.longpo.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;
import org.longpo.text.Turn;

/** Every character is a token; {@link #USER} begins a message, {@link #ASSISTANT} its answer. */
public class CharacterPrompts implements Prompts {
  public static final int USER = 1;
  public static final int ASSISTANT = 2;
  public static final int END = 3;

  @Override
  public Prompt of(List<Message> messages) {
    return new Prompt(messages, messages.stream().flatMapToInt(this::message).toArray());
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
          afterResponse().forEach(tokens::add);
        }
      }
    }
    return new Conversation(tokens.stream().mapToInt(Integer::intValue).toArray(), spans);
  }

  /** Ids that the template writes after an answer. */
  protected IntStream afterResponse() {
    return IntStream.empty();
  }

  /** Ids of a user's message, up to the answer. */
  protected IntStream message(Message message) {
    return IntStream.concat(
        IntStream.of(USER), IntStream.concat(message.content().chars(), IntStream.of(ASSISTANT)));
  }

  @Override
  public TokenSpans encode(String text) {
    return new TokenSpans(
        text.chars().toArray(),
        IntStream.range(0, text.length()).toArray(),
        IntStream.rangeClosed(1, text.length()).toArray());
  }

  @Override
  public OptionalInt beginToken() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt endToken() {
    return OptionalInt.of(END);
  }

  /** The characters among some ids. */
  public static String text(int... ids) {
    return IntStream.of(ids)
        .filter(id -> id > END)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
