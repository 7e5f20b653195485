package org.longpo.pairs;

import java.util.List;

/** The message that asks the model for instructions about one chunk. */
public final class InstructionPrompt {
  /** The largest number of instructions in one request. */
  public static final int MOST = 10;

  private static final List<String> NUMBERS =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private static final String CRITERIA =
      """
      - bring together several parts of the text instead of repeating a single sentence of it;
      - ask for understanding: causes, comparisons, consequences, a summary of how something develops;
      - make the reader think before answering;
      - be clear enough that two careful readers would take it the same way, and name what it is \
      about, since the reader may have much more text at hand than you see here\
      """;

  private static final String ONE =
      """
      Write a task for a reader of the text above. It must be one that the text alone is enough to \
      answer, and must

      %s.

      Write it in one line that begins with "1.". Do not answer it and write nothing else.\
      """
          .formatted(CRITERIA);

  private static final String SEVERAL =
      """
      Write %1$s tasks for a reader of the text above. Each task must be one that the text alone \
      is enough to answer, and must

      %4$s;
      - differ from the other %2$s in what it asks for.

      Give the %1$s tasks as a numbered list, one task per line, beginning with "1." and ending \
      with "%3$d.". Do not answer them and write nothing else.\
      """;

  private InstructionPrompt() {}

  /**
   * The request, without the chunk.
   *
   * @param count instructions, 1 to {@link #MOST}
   */
  public static String request(int count) {
    return count == 1
        ? ONE
        : SEVERAL.formatted(NUMBERS.get(count - 1), NUMBERS.get(count - 2), count, CRITERIA);
  }

  /**
   * The user message: the chunk, then the request.
   *
   * @param count instructions, 1 to {@link #MOST}
   */
  public static String of(String chunk, int count) {
    return UserMessage.of(chunk, request(count));
  }
}
