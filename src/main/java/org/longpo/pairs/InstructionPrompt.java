package org.longpo.pairs;

/** The message that asks the model for instructions about one chunk. */
public final class InstructionPrompt {
  /** How many instructions are asked for; one of them is kept. */
  public static final int COUNT = 4;

  private static final String REQUEST =
      """
      Write four tasks for a reader of the text above. Each task must be one that the text alone \
      is enough to answer, and must

      - bring together several parts of the text instead of repeating a single sentence of it;
      - ask for understanding: causes, comparisons, consequences, a summary of how something develops;
      - make the reader think before answering;
      - be clear enough that two careful readers would take it the same way, and name what it is \
      about, since the reader may have much more text at hand than you see here;
      - differ from the other three in what it asks for.

      Give the four tasks as a numbered list, one task per line, beginning with "1." and ending \
      with "4.". Do not answer them and write nothing else.""";

  private InstructionPrompt() {}

  /** What is asked, the chunk aside. */
  public static String request() {
    return REQUEST;
  }

  /** The user message: the chunk, then what is asked. */
  public static String of(String chunk) {
    return UserMessage.of(chunk, REQUEST);
  }
}
