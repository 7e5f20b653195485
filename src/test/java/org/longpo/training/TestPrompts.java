package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.text.Conversation;

/** One id per character; 1 context 2 instruction 3 response 4 2 instruction 3 response 4 ... */
final class TestPrompts implements ExamplePrompts {
  @Override
  public int[] prompt(String context, String instruction) {
    return IntStream.concat(IntStream.concat(IntStream.of(1), context.chars()), turn(instruction))
        .toArray();
  }

  @Override
  public Conversation conversation(
      String context, List<String> instructions, List<int[]> responses) {
    List<Integer> tokens = new ArrayList<>();
    List<Conversation.Span> spans = new ArrayList<>();
    IntStream.concat(IntStream.of(1), context.chars()).forEach(tokens::add);
    for (int k = 0; k < responses.size(); k++) {
      turn(instructions.get(k)).forEach(tokens::add);
      int start = tokens.size();
      IntStream.of(responses.get(k)).forEach(tokens::add);
      spans.add(new Conversation.Span(start, tokens.size()));
      tokens.add(4);
    }
    return new Conversation(tokens.stream().mapToInt(Integer::intValue).toArray(), spans);
  }

  private static IntStream turn(String instruction) {
    return IntStream.concat(
        IntStream.of(2), IntStream.concat(instruction.chars(), IntStream.of(3)));
  }
}
