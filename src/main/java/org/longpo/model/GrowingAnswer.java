package org.longpo.model;

import java.util.Optional;
import org.longpo.engine.Generated;
import org.longpo.inference.TokenIds;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.text.Reasoning;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.Tokenizer;

/** An answer to a conversation, which may begin with a block of reasoning. */
final class GrowingAnswer implements GrowingText {
  private final Tokenizer tokenizer;
  private final ReasoningFormat format;
  private final ReasoningBudget budget;
  private final Optional<AnswerStream> stream;

  /**
   * @param request index of the text, for the listener
   * @param answerTokens limit of the answer alone, where reasoning has a limit of its own
   */
  GrowingAnswer(
      Tokenizer tokenizer,
      ReasoningFormat format,
      int request,
      int answerTokens,
      Writer.Listener listener) {
    this.tokenizer = tokenizer;
    this.format = format;
    this.budget = format.budget(1, answerTokens);
    // Decoding every token by itself is spared where nobody listens.
    this.stream =
        listener == Writer.Listener.NONE
            ? Optional.empty()
            : Optional.of(
                new AnswerStream(
                    tokenizer,
                    format.reader(),
                    text -> listener.written(request, Writer.Part.ANSWER, text),
                    text -> listener.written(request, Writer.Part.REASONING, text)));
  }

  @Override
  public int maxNewTokens() {
    return budget.maxNewTokens();
  }

  @Override
  public boolean drawn(int token, boolean isEnd) {
    boolean fits = budget.drawn(0, token);
    boolean wanted = isEnd || stream.isEmpty() || stream.get().write(token);
    return wanted && fits;
  }

  @Override
  public Written finish(Generated generated) {
    stream.ifPresent(AnswerStream::finish);
    int[] drawn = generated.tokens();
    ReasoningFormat.Split split = format.split(drawn);
    return new Written(
        split.text(),
        split.reasoning() == Reasoning.NONE ? split.text() : tokenizer.decode(drawn),
        TokenIds.sampled(split.answer()),
        generated.ended(),
        split.reasoning(),
        drawn.length);
  }
}
