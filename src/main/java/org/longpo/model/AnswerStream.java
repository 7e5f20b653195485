package org.longpo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.longpo.text.ReasoningReader;
import org.longpo.text.TextStream;
import org.longpo.text.Tokenizer;

/**
 * Separates what a model writes, token by token: the answer to one receiver, its reasoning to
 * another.
 */
final class AnswerStream {
  private final ReasoningReader reader;
  private final Predicate<String> answer;
  private final Consumer<String> reasoning;
  private final TextStream answerText;
  private final TextStream reasoningText;

  /** Tokens that may become the opening tag. */
  private final List<Integer> pending = new ArrayList<>();

  /** Whether a block has just ended, so that white space is dropped. */
  private boolean afterBlock;

  /**
   * @param answer receives parts of the answer and says whether more are wanted
   */
  AnswerStream(
      Tokenizer tokenizer,
      ReasoningReader reader,
      Predicate<String> answer,
      Consumer<String> reasoning) {
    this.reader = reader;
    this.answer = answer;
    this.reasoning = reasoning;
    this.answerText = tokenizer.stream();
    this.reasoningText = tokenizer.stream();
  }

  /** Adds the next token and returns whether more are wanted. */
  boolean write(int token) {
    boolean wasReasoning = reader.isReasoning();
    reader.next(token);
    pending.add(token);
    if (reader.isUndecided()) {
      return true;
    }
    List<Integer> tokens = List.copyOf(pending);
    pending.clear();
    if (reader.isReasoning() || wasReasoning) {
      tokens.forEach(one -> reasoning.accept(reasoningText.next(one)));
      if (!reader.isReasoning()) {
        reasoning.accept(reasoningText.end());
        afterBlock = true;
      }
      return true;
    }
    boolean goesOn = true;
    for (int one : tokens) {
      goesOn &= writeAnswer(answerText.next(one));
    }
    return goesOn;
  }

  /** Hands over what was held back; the answer gets nothing if the reasoning never ended. */
  void finish() {
    if (reader.isReasoning()) {
      reasoning.accept(reasoningText.end());
      return;
    }
    pending.forEach(token -> writeAnswer(answerText.next(token)));
    writeAnswer(answerText.end());
  }

  private boolean writeAnswer(String text) {
    String shown = afterBlock ? text.stripLeading() : text;
    afterBlock &= shown.isEmpty();
    return answer.test(shown);
  }
}
