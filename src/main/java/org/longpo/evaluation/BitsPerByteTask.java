package org.longpo.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.longpo.error.UserError;
import org.longpo.text.TokenSpans;

/**
 * Bits per byte of held-out text at the model's own window: a score that any language model has and
 * that tokenizers do not distort.
 *
 * <p>A text's tokens are cut into windows one behind the other. With a begin token, a window is
 * that token and {@code window_tokens - 1} tokens of text, all of them scored; without one, a
 * window's first token predicts and is neither scored nor are its bytes counted. Windows begin at
 * borders of characters, also where a character takes several tokens. What is left at a text's end
 * is shorter than a window, so its tokens see less context and it is not scored, unless it is all
 * the text has.
 */
final class BitsPerByteTask {
  /**
   * @param sequence what the model reads
   * @param scoreStart the first of its tokens that counts
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Window(int source, int[] sequence, int scoreStart, int startChar, int bytes) {}

  private final TestedModel model;
  private final EvaluationSettings settings;
  private final List<SourceText> texts;

  BitsPerByteTask(TestedModel model, EvaluationSettings settings, List<SourceText> texts) {
    this.model = model;
    this.settings = settings;
    this.texts = texts;
  }

  /**
   * @throws UserError if no text has a token to score
   */
  List<EvaluationItem> items() {
    List<Window> windows = new ArrayList<>();
    for (int source = 0; source < texts.size(); source++) {
      windows.addAll(windows(source));
    }
    if (windows.isEmpty()) {
      throw new UserError(
          "The held-out text %s has too few tokens to score; two are the least."
              .formatted(String.join(", ", texts.stream().map(SourceText::name).toList())));
    }
    List<EvaluationItem> items = new ArrayList<>();
    int count = Math.min(windows.size(), settings.maxWindows());
    for (int i = 0; i < count; i++) {
      int index = i;
      Window window = windows.get((int) ((long) i * windows.size() / count));
      items.add(
          new EvaluationItem(
              TaskKind.BITS_PER_BYTE, 0, index, () -> {}, () -> measure(window, index)));
    }
    return items;
  }

  private List<Window> windows(int source) {
    String text = texts.get(source).text();
    TokenSpans spans = model.encode(text);
    int tokens = spans.tokens().length;
    OptionalInt begin = model.beginToken();
    int perWindow = settings.windowTokens() - (begin.isPresent() ? 1 : 0);
    List<Window> windows = new ArrayList<>();
    for (int from = 0; from < tokens; ) {
      boolean isWhole = tokens - from >= perWindow;
      if (!isWhole && from > 0) {
        break;
      }
      int to = isWhole ? characterBorder(spans, from, from + perWindow) : tokens;
      int scored = begin.isPresent() ? from : characterBorderAfter(spans, from);
      if (scored < to) {
        int startChar = spans.starts()[scored];
        int endChar = to < tokens ? spans.starts()[to] : text.length();
        int[] read = Arrays.copyOfRange(spans.tokens(), from, to);
        windows.add(
            new Window(
                source,
                begin.isPresent() ? prepend(begin.getAsInt(), read) : read,
                begin.isPresent() ? 1 : scored - from,
                startChar,
                text.substring(startChar, endChar).getBytes(StandardCharsets.UTF_8).length));
      }
      from = to;
    }
    return windows;
  }

  private ItemResult measure(Window window, int index) {
    double[] nats = model.logProbs(window.sequence(), window.scoreStart());
    double bits = -Arrays.stream(nats).sum() / Math.log(2);
    return new ItemResult(
        TaskKind.BITS_PER_BYTE,
        0,
        index,
        window.source(),
        window.sequence().length,
        List.of(),
        List.of(
            new WindowBits(
                window.source(), window.startChar(), nats.length, window.bytes(), bits)));
  }

  /**
   * The last token up to {@code token} that begins a character; {@code token} if none after from.
   */
  private static int characterBorder(TokenSpans spans, int from, int token) {
    for (int border = token; border > from; border--) {
      if (beginsCharacter(spans, border)) {
        return border;
      }
    }
    return token;
  }

  /** The first token behind {@code token} that begins a character, or the end. */
  private static int characterBorderAfter(TokenSpans spans, int token) {
    int border = token + 1;
    while (!beginsCharacter(spans, border)) {
      border++;
    }
    return border;
  }

  private static boolean beginsCharacter(TokenSpans spans, int token) {
    return token >= spans.tokens().length || spans.starts()[token] >= spans.ends()[token - 1];
  }

  private static int[] prepend(int first, int[] rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
