package org.longpo.tiny;

import java.util.Arrays;
import org.longpo.text.Prompts;
import org.longpo.text.Tokenizer;
import org.longpo.tiny.Lesson.Sequence;

/** Makes the sequences of lessons from texts. */
public record LessonSequences(Tokenizer tokenizer, Prompts prompts) {
  /** The token that sequences begin with. */
  public int begin() {
    return tokenizer.beginToken().orElseThrow();
  }

  /**
   * The beginning of a text, to be learned as it is.
   *
   * @param length tokens at most, begin token included
   */
  public Sequence text(String text, int length) {
    int[] encoded = tokenizer.encodeText(text);
    int[] sequence = new int[Math.min(length, 1 + encoded.length)];
    sequence[0] = begin();
    System.arraycopy(encoded, 0, sequence, 1, sequence.length - 1);
    return new Sequence(sequence, 1);
  }

  /**
   * A prompt with its answer and the token that ends it; what is learned begins with the answer.
   */
  public Sequence answered(String message, String answer) {
    int[] prompt = prompts.of(message).tokens();
    int[] said = tokenizer.encodeText(answer);
    int[] sequence = Arrays.copyOf(prompt, prompt.length + said.length + 1);
    System.arraycopy(said, 0, sequence, prompt.length, said.length);
    sequence[sequence.length - 1] = tokenizer.endTokens()[0];
    return new Sequence(sequence, prompt.length);
  }
}
