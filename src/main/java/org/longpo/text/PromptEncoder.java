package org.longpo.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to ids through the checkpoint's chat template.
 *
 * <p>The prompt is tokenised in one piece after rendering; special tokens are those that the
 * template wrote, never those that a message contains, and none is added (templates write the begin
 * token themselves).
 */
public final class PromptEncoder implements Prompts {
  private static final Logger LOG = LoggerFactory.getLogger(PromptEncoder.class);

  private static final List<String> NEIGHBOURS = List.of("a", ".", "\n");

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private volatile boolean warned;

  public PromptEncoder(Tokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * The conversation with the opening of the assistant's answer: what the model continues.
   *
   * @throws UserError with the template's own message if it refuses the conversation
   */
  @Override
  public Prompt of(List<Message> messages) {
    return new Prompt(messages, tokenizer.encodeTemplate(template.render(guarded(messages), true)));
  }

  /** Context and answers are encoded together; no begin token but the template's own is added. */
  @Override
  public List<ContextAndContinuation> answers(List<Message> messages, List<String> answers) {
    return ContextAndContinuation.of(
        tokenizer::encodeTemplate,
        template.render(guarded(messages), true),
        answers.stream().map(tokenizer.special()::guard).toList());
  }

  /** As {@link Prompts#begun}; opening and beginning are encoded in one piece. */
  @Override
  public Prompt begun(List<Message> messages, String beginning) {
    String opened = template.renderBeforeBegun(guarded(messages));
    return new Prompt(
        Prompts.withBegun(messages, beginning),
        tokenizer.encodeTemplate(opened + tokenizer.special().guard(beginning)));
  }

  @Override
  public TokenSpans encode(String text) {
    return tokenizer.encodeTextWithSpans(text);
  }

  @Override
  public OptionalInt beginToken() {
    return tokenizer.beginToken();
  }

  /**
   * The first of the end tokens that the template writes after an answer, or the tokenizer's first
   * where it writes none.
   */
  @Override
  public OptionalInt endToken() {
    int[] ends = tokenizer.endTokens();
    if (ends.length == 0) {
      return OptionalInt.empty();
    }
    Conversation answered =
        conversation(List.of(Turn.user("?"), Turn.response(tokenizer.encodeText("a"))));
    int answerEnd = answered.responses().getFirst().end();
    int token =
        Arrays.stream(answered.tokens())
            .skip(answerEnd)
            .filter(written -> Arrays.stream(ends).anyMatch(end -> end == written))
            .findFirst()
            .orElse(ends[0]);
    return OptionalInt.of(token);
  }

  @Override
  public int[] endTokens() {
    return tokenizer.endTokens();
  }

  /** What the template is given besides the messages. */
  public ChatSettings settings() {
    return template.settings();
  }

  /** How the model marks reasoning after these prompts. */
  public ReasoningFormat reasoning() {
    return ReasoningFormat.of(tokenizer, template);
  }

  /**
   * A conversation in which the model's answers are ids. It only grows at its end: the ids before a
   * response are exactly those that the model read when it wrote the response, if it read this
   * conversation up to there. After a response comes what the template writes after an answer; an
   * end token that was sampled is not written again.
   *
   * @throws UserError if the template refuses the conversation or leaves out an answer
   */
  @Override
  public Conversation conversation(List<Turn> turns) {
    List<Message> messages = new ArrayList<>();
    List<Conversation.Span> spans = new ArrayList<>();
    List<String> openings = new ArrayList<>();
    IntStream.Builder tokens = IntStream.builder();
    int length = 0;
    int[] last = {};
    for (Turn turn : turns) {
      switch (turn) {
        case Turn.Said said -> messages.add(guarded(said.message()));
        case Turn.Response response -> {
          String rendered = template.render(messages, true);
          warnIfRewritten(rendered, openings);
          String opening = afterResponse(rendered, spans.size());
          int[] between = continuation(opening, last, spans.isEmpty());
          int start = length + between.length;
          length = start + response.tokens().length;
          Arrays.stream(between).forEach(tokens::add);
          Arrays.stream(response.tokens()).forEach(tokens::add);
          openings.add(opening);
          spans.add(new Conversation.Span(start, length));
          messages.add(Message.assistant(tokenizer.special().placeholder(spans.size())));
          last = response.tokens();
        }
      }
    }
    String closing = afterResponse(template.render(messages, false), spans.size());
    Arrays.stream(continuation(closing, last, spans.isEmpty())).forEach(tokens::add);
    return new Conversation(tokens.build().toArray(), spans);
  }

  /** What the template writes after response number {@code index}, from 1; all of it for 0. */
  private String afterResponse(String rendered, int index) {
    if (index == 0) {
      return rendered;
    }
    String placeholder = tokenizer.special().placeholder(index);
    int at = rendered.lastIndexOf(placeholder);
    if (at < 0) {
      throw new UserError(
          tokenizer.files().folder()
              + ": the chat template leaves out or changes the assistant's answer number "
              + index
              + ", so its tokens cannot be placed in the conversation.");
    }
    return rendered.substring(at + placeholder.length());
  }

  /**
   * The ids of the template's text after a response. They are those it has in the middle of a
   * sequence: some tokenizers put a space before what begins one.
   */
  private int[] continuation(String text, int[] response, boolean isBeginning) {
    if (isBeginning) {
      return tokenizer.encodeTemplate(text);
    }
    SpecialTokens special = tokenizer.special();
    int last = response.length == 0 ? -1 : response[response.length - 1];
    boolean ended = Arrays.stream(tokenizer.endTokens()).anyMatch(end -> end == last);
    if (special.contains(last)) {
      String written = special.content(last);
      boolean again = ended && text.stripLeading().startsWith(written);
      String rest = again ? text.stripLeading().substring(written.length()) : text;
      int[] tokens = tokenizer.spans(special.secretName(last) + special.resolve(rest)).tokens();
      return Arrays.copyOfRange(tokens, 1, tokens.length);
    }
    int[] tokens = afterText(special.resolve(text));
    boolean again = ended && tokens.length > 0 && tokens[0] == last;
    return again ? Arrays.copyOfRange(tokens, 1, tokens.length) : tokens;
  }

  /** Encodes after a character that the tokenizer does not join with what follows. */
  private int[] afterText(String resolved) {
    for (String neighbour : NEIGHBOURS) {
      TokenSpans spans = tokenizer.spans(neighbour + resolved);
      int own = 0;
      while (own < spans.tokens().length && spans.ends()[own] <= neighbour.length()) {
        own++;
      }
      if (own > 0 && (own == spans.tokens().length || spans.starts()[own] >= neighbour.length())) {
        return Arrays.copyOfRange(spans.tokens(), own, spans.tokens().length);
      }
    }
    return tokenizer.spans(resolved).tokens();
  }

  /** Some templates change earlier turns later on, such as moving the system prompt. */
  private void warnIfRewritten(String rendered, List<String> openings) {
    int from = 0;
    for (int i = 0; i < openings.size() && !warned; i++) {
      String placeholder = tokenizer.special().placeholder(i + 1);
      int to = rendered.indexOf(placeholder, from);
      String now = to < 0 ? "" : rendered.substring(from, to);
      if (!now.stripTrailing().equals(openings.get(i).stripTrailing())) {
        warned = true;
        LOG.warn(
            "{}: the chat template writes earlier turns differently once the conversation"
                + " continues; they are kept as they were when the model answered them.",
            tokenizer.files().folder());
      }
      from = to < 0 ? from : to + placeholder.length();
    }
  }

  private List<Message> guarded(List<Message> messages) {
    return messages.stream().map(this::guarded).toList();
  }

  private Message guarded(Message message) {
    return new Message(message.role(), tokenizer.special().guard(message.content()));
  }
}
