package org.longpo.training;

import java.util.stream.IntStream;
import org.longpo.inference.CharacterPrompts;
import org.longpo.text.Message;

/** One id per character; 1 context 2 instruction 3 response 4 2 instruction 3 response 4 ... */
final class TestPrompts extends CharacterPrompts {
  private static final String BETWEEN = "\n\n";

  @Override
  protected IntStream afterResponse() {
    return IntStream.of(4);
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
