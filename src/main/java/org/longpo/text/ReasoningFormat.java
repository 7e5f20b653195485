package org.longpo.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model marks its reasoning: a block between two tags, before the answer.
 *
 * <p>Tags that are tokens of their own are found by id, whether or not decoding leaves them out as
 * special tokens; for a tokenizer without such tokens the tags are found as text. Where the
 * template's own opening of an answer begins the block, the model writes the closing tag alone.
 */
public final class ReasoningFormat {
  /** Tokens of a block at most, where reasoning is requested and no other limit is set. */
  public static final int DEFAULT_TOKENS = 2048;

  /** A pair of tags as models of one family write it. */
  record Tags(String open, String close) {}

  private static final List<Tags> KNOWN =
      List.of(
          new Tags("<think>", "</think>"),
          new Tags("[THINK]", "[/THINK]"),
          new Tags("<seed:think>", "</seed:think>"),
          new Tags("<|START_THINKING|>", "<|END_THINKING|>"),
          new Tags("◁think▷", "◁/think▷"));

  private final Tokenizer tokenizer;
  private final Tags tags;
  private final boolean promptOpens;
  private final int reasoningTokens;

  private ReasoningFormat(
      Tokenizer tokenizer, Tags tags, boolean promptOpens, Optional<Integer> reasoningTokens) {
    this.tokenizer = tokenizer;
    this.tags = tags;
    this.promptOpens = promptOpens;
    this.reasoningTokens = reasoningTokens.orElse(0);
  }

  /**
   * The format of a model.
   *
   * @throws org.longpo.error.UserError if the template refuses a single message of a user
   */
  static ReasoningFormat of(Tokenizer tokenizer, ChatTemplate template) {
    Tags tags =
        KNOWN.stream()
            .filter(known -> ownTokens(tokenizer, known))
            .findFirst()
            .orElse(KNOWN.getFirst());
    ChatSettings chat = template.settings();
    boolean promptOpens =
        template.render(List.of(Message.user("?")), true).stripTrailing().endsWith(tags.open());
    Optional<Integer> assumed =
        promptOpens || chat.asksForReasoning() ? Optional.of(DEFAULT_TOKENS) : Optional.empty();
    return new ReasoningFormat(
        tokenizer, tags, promptOpens, chat.reasoningTokens().or(() -> assumed));
  }

  /**
   * What a model wrote, without its reasoning.
   *
   * @param answer ids of the answer, a tail of what was sampled. Where the prompt opened the block
   *     they begin with the closing tag, because they follow the prompt; else white space between
   *     the block and the answer is not among them. Empty if there is no answer
   * @param text the answer decoded, without tags
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Split(Reasoning reasoning, int[] answer, String text) {}

  /** Splits what was sampled, the end token included if there is one. */
  public Split split(int[] sampled) {
    ReasoningReader reader = reader();
    for (int token : sampled) {
      reader.next(token);
    }
    if (!reader.hasBlock()) {
      return new Split(Reasoning.NONE, sampled, tokenizer.decode(sampled));
    }
    int start = reader.answerStart();
    while (start < sampled.length && isBlank(sampled[start])) {
      start++;
    }
    if (reader.isReasoning() || start == sampled.length) {
      return new Split(Reasoning.UNENDED, new int[0], "");
    }
    int[] answer = Arrays.copyOfRange(sampled, start, sampled.length);
    int[] kept =
        promptOpens ? Arrays.copyOfRange(sampled, reader.closeStart(), sampled.length) : answer;
    return new Split(Reasoning.ENDED, kept, tokenizer.decode(answer));
  }

  /** Reads one text while it is written. */
  public ReasoningReader reader() {
    return new ReasoningReader(this);
  }

  /** The limits of several texts that are written together. */
  public ReasoningBudget budget(int texts, int answerTokens) {
    return new ReasoningBudget(this, texts, answerTokens, reasoningTokens);
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  Tags tags() {
    return tags;
  }

  boolean promptOpens() {
    return promptOpens;
  }

  /** The ids of the tags, opening and closing, if they are tokens of their own. */
  Optional<int[]> tagTokens() {
    OptionalInt open = tokenizer.addedToken(tags.open());
    OptionalInt close = tokenizer.addedToken(tags.close());
    return open.isPresent() && close.isPresent()
        ? Optional.of(new int[] {open.getAsInt(), close.getAsInt()})
        : Optional.empty();
  }

  private static boolean ownTokens(Tokenizer tokenizer, Tags tags) {
    return tokenizer.addedToken(tags.open()).isPresent()
        && tokenizer.addedToken(tags.close()).isPresent();
  }

  /** Whether the token is white space alone. */
  boolean isBlank(int token) {
    String text = tokenizer.decodeWithSpecial(token);
    return !text.isEmpty() && text.isBlank();
  }
}
