package org.longpo.model;

import org.longpo.engine.Generated;
import org.longpo.inference.TokenIds;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.text.Reasoning;
import org.longpo.text.TextStream;
import org.longpo.text.Tokenizer;

/** A continuation of plain text: unlike an answer, it begins where the prompt ends. */
final class GrowingContinuation implements GrowingText {
  private final TextStream stream;
  private final int request;
  private final int maxNewTokens;
  private final Writer.Listener listener;
  private final StringBuilder text = new StringBuilder();
  private int count;

  /**
   * @param prompt ids of the text that is continued
   * @param request index of the text, for the listener
   */
  GrowingContinuation(
      Tokenizer tokenizer, int[] prompt, int request, int maxNewTokens, Writer.Listener listener) {
    this.stream = tokenizer.streamAfter(prompt);
    this.request = request;
    this.maxNewTokens = maxNewTokens;
    this.listener = listener;
  }

  @Override
  public int maxNewTokens() {
    return maxNewTokens;
  }

  @Override
  public boolean drawn(int token, boolean isEnd) {
    count++;
    boolean wanted = isEnd || write(stream.next(token));
    return wanted && count < maxNewTokens;
  }

  @Override
  public Written finish(Generated generated) {
    write(stream.end());
    return new Written(
        text.toString(),
        text.toString(),
        TokenIds.sampled(generated.tokens()),
        generated.ended(),
        Reasoning.NONE,
        generated.tokens().length);
  }

  private boolean write(String more) {
    text.append(more);
    return listener.written(request, Writer.Part.ANSWER, more);
  }
}
