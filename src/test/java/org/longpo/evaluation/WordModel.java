package org.longpo.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.longpo.inference.Model;
import org.longpo.inference.Scorer;
import org.longpo.inference.TokenIds;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.Reasoning;
import org.longpo.text.TokenSpans;
import org.longpo.text.Turn;

/**
 * Words between white space are tokens; a prompt stands between two template tokens. Answers come
 * from a function of the prompt's text, and every token has the same probability.
 */
public final class WordModel implements Writer, Scorer, Prompts {
  static final int TEMPLATE_TOKENS = 2;

  private static final Pattern WORD = Pattern.compile("\\S+");

  private final UnaryOperator<String> answer;
  private final double nats;
  private final OptionalInt beginToken;
  private final Map<Integer, String> words = new HashMap<>();
  public int passes;

  public WordModel(UnaryOperator<String> answer) {
    this(answer, -1, OptionalInt.empty());
  }

  public WordModel(UnaryOperator<String> answer, double nats, OptionalInt beginToken) {
    this.answer = answer;
    this.nats = nats;
    this.beginToken = beginToken;
  }

  /** Finds the code that the last question asks for. */
  public static String readCode(String prompt) {
    Matcher asked = Pattern.compile("What is the access code of (\\w+)").matcher(prompt);
    String key = "";
    while (asked.find()) {
      key = asked.group(1);
    }
    Matcher stated = Pattern.compile("code of " + key + " is (\\d+)").matcher(prompt);
    return stated.find() ? "It is " + stated.group(1) + "." : "I do not know.";
  }

  /** The model as tasks see it. */
  public Model model() {
    return new Model(this, this);
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public String fingerprint() {
    return "words";
  }

  @Override
  public Prompt of(List<Message> messages) {
    String text =
        messages.stream()
            .map(message -> "<%s> %s ".formatted(message.role().templateName(), message.content()))
            .collect(Collectors.joining("", "", "<assistant>"));
    return new Prompt(messages, encode(text).tokens());
  }

  @Override
  public Conversation conversation(List<Turn> turns) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenSpans encode(String text) {
    List<int[]> spans =
        WORD.matcher(text).results().map(m -> new int[] {m.start(), m.end()}).toList();
    return new TokenSpans(
        spans.stream().mapToInt(span -> id(text.substring(span[0], span[1]))).toArray(),
        spans.stream().mapToInt(span -> span[0]).toArray(),
        spans.stream().mapToInt(span -> span[1]).toArray());
  }

  @Override
  public OptionalInt beginToken() {
    return beginToken;
  }

  @Override
  public OptionalInt endToken() {
    return OptionalInt.empty();
  }

  @Override
  public List<Written> write(List<WriteRequest> requests, WriteSettings how, Listener listener) {
    passes++;
    return requests.stream()
        .map(request -> answer.apply(text(request.prompt().tokens())))
        .map(a -> new Written(a, a, TokenIds.sampled(0, 0, 0), true, Reasoning.NONE, 3))
        .toList();
  }

  @Override
  public List<Scored> score(List<int[]> sequences, int[] starts) {
    return logProbs(sequences, starts).stream()
        .map(logProbs -> new Scored(logProbs, /* greedy= */ true))
        .toList();
  }

  @Override
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    passes++;
    return IntStream.range(0, starts.length)
        .mapToObj(i -> DoubleStream.generate(() -> nats).limit(sequences.get(i).length - starts[i]))
        .map(DoubleStream::toArray)
        .toList();
  }

  public String text(int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(id -> Objects.requireNonNull(words.get(id)))
        .collect(Collectors.joining(" "));
  }

  private int id(String word) {
    // Of the word alone: a model that is asked in another order has the same ids.
    int id = word.hashCode() & Integer.MAX_VALUE;
    String before = words.putIfAbsent(id, word);
    if (before != null && !before.equals(word)) {
      throw new IllegalStateException(before + " and " + word + " have the same id");
    }
    return id;
  }
}
