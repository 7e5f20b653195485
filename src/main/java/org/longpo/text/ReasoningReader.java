package org.longpo.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Separates reasoning from the answer while ids come one at a time.
 *
 * <p>A block begins with the opening tag, before anything else but white space, or in the prompt.
 * Where the tags are tokens of their own a closing one means that all before it was reasoning; as
 * text it ends a block alone, so that an answer about such tags stays whole.
 */
public final class ReasoningReader {
  private enum State {
    /** As text: what there is may still become the opening tag. */
    UNDECIDED,
    REASONING,
    ANSWER
  }

  private static final int NONE = -1;

  private final ReasoningFormat format;
  private final int openToken;
  private final int closeToken;
  private final List<Integer> tokens = new ArrayList<>();
  private State state;

  /** Whether something other than white space was written since the last block. */
  private boolean answerBegun;

  private boolean hasBlock;
  private int closeStart;
  private int answerStart;

  ReasoningReader(ReasoningFormat format) {
    this.format = format;
    int[] tags = format.tagTokens().orElse(new int[] {NONE, NONE});
    this.openToken = tags[0];
    this.closeToken = tags[1];
    this.hasBlock = format.promptOpens();
    this.state = hasBlock ? State.REASONING : hasTagTokens() ? State.ANSWER : State.UNDECIDED;
  }

  /** Reads the next id. */
  public void next(int token) {
    tokens.add(token);
    state = hasTagTokens() ? byToken(token) : byText();
    hasBlock |= state == State.REASONING;
  }

  /** Whether the last id belongs to a block, the closing tag not included. */
  public boolean isReasoning() {
    return state == State.REASONING;
  }

  /** Whether this cannot be decided yet. */
  public boolean isUndecided() {
    return state == State.UNDECIDED;
  }

  /** Whether there was any block, open or closed. */
  public boolean hasBlock() {
    return hasBlock;
  }

  /** Index of the first id after the last closing tag. */
  public int answerStart() {
    return answerStart;
  }

  /** Index of the first id of the last closing tag. */
  int closeStart() {
    return closeStart;
  }

  private boolean hasTagTokens() {
    return openToken != NONE;
  }

  private State byToken(int token) {
    if (token == closeToken) {
      return closed(tokens.size() - 1);
    }
    if (state == State.ANSWER && !answerBegun) {
      if (token == openToken) {
        return State.REASONING;
      }
      answerBegun = !format.isBlank(token);
    }
    return state;
  }

  private State byText() {
    return switch (state) {
      case UNDECIDED -> {
        String text = decoded(0).stripLeading();
        yield text.startsWith(format.tags().open())
            ? State.REASONING
            : format.tags().open().startsWith(text) ? State.UNDECIDED : State.ANSWER;
      }
      case REASONING -> {
        // Every token has a character or more, except one that is a part of a character.
        int first = Math.max(0, tokens.size() - 2 * format.tags().close().length());
        if (!decoded(first).contains(format.tags().close())) {
          yield State.REASONING;
        }
        int start = tokens.size() - 1;
        while (!decoded(start).contains(format.tags().close())) {
          start--;
        }
        yield closed(start);
      }
      case ANSWER -> State.ANSWER;
    };
  }

  private State closed(int start) {
    hasBlock = true;
    closeStart = start;
    answerStart = tokens.size();
    answerBegun = false;
    return State.ANSWER;
  }

  private String decoded(int from) {
    return format
        .tokenizer()
        .decodeWithSpecial(
            tokens.subList(from, tokens.size()).stream().mapToInt(Integer::intValue).toArray());
  }
}
