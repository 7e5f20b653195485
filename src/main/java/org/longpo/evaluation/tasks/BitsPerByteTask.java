package org.longpo.evaluation.tasks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.ModelWindow;
import org.longpo.evaluation.PromptHash;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;

/**
 * Bits per byte of held-out text at the model's own window: a score that any language model has and
 * that tokenizers do not distort.
 *
 * <p>A text's tokens are cut into windows one after the other. With a begin token, a window is that
 * token and {@code window_tokens - 1} tokens of text, all of them scored; without one, a window's
 * first token predicts and is neither scored nor are its bytes counted. Windows begin at borders of
 * characters, also where a character takes several tokens. What is left at a text's end is shorter
 * than a window, so its tokens see less context and it is not scored, unless it is all the text
 * has.
 */
public final class BitsPerByteTask implements Task<BitsPerByteTask.Options> {
  /** The name of the option, and of the setting in results, that holds the tokens of a window. */
  public static final String WINDOW = "window";

  /**
   * @param windowTokens tokens of a window; for a model and those trained from it the same, so that
   *     their figures can be compared
   * @param maxWindows windows at most; more are thinned out evenly
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = WINDOW,
              defaultText = "what the model had before training",
              derivedBy = ModelWindow.class,
              meaning =
                  "Window of bits per byte, in tokens: the same for a model and those trained from"
                      + " it, so that their figures may be compared. Without it, the window before"
                      + " training that config.json notes, else its max_position_embeddings.")
          @Range(from = 2)
          int windowTokens,
      @Option(
              name = "max_windows",
              defaultText = "as many as have 200,000 tokens together, from 4 to 200",
              derivedBy = EnoughWindows.class,
              meaning = "Windows of bits per byte at most; more are thinned out evenly.")
          @Range(from = 1)
          int maxWindows) {
    public Options {
      OptionChecks.require(Options.class, windowTokens, maxWindows);
    }

    /** Enough windows for a small standard error, and no more. */
    static final class EnoughWindows implements DerivedDefault {
      private static final int TOKENS = 200_000;

      @Override
      public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
        return Optional.ofNullable(options.get("windowTokens"))
            .map(window -> Math.clamp(TOKENS / (Integer) window, 4, 200));
      }
    }
  }

  private static final TaskInfo INFO =
      new TaskInfo(
          "bits-per-byte",
          /* version= */ 1,
          "Held-out text",
          "held-out text",
          TaskInfo.Context.SHORT,
          new TaskInfo.Units("windows", "documents"),
          List.of(Metric.cost("bits_per_byte", "bits per byte", "bits", "bytes")));

  @Override
  public TaskInfo info() {
    return INFO;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return inputs.heldOut().isEmpty()
        ? Optional.of("held-out text (--documents)")
        : Optional.empty();
  }

  @Override
  public String data() {
    return "--documents";
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    return new TaskPlan(
        Map.of("held-out texts", inputs.heldOutSha256()),
        settings.limitValue(),
        context -> new Windows(context.prompts(), options, settings, inputs.heldOut()).items());
  }

  /**
   * @param sequence what the model reads
   * @param scoreStart the first of its tokens that counts
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Window(int source, int[] sequence, int scoreStart, int startChar, int bytes) {}

  private record Windows(
      Prompts prompts, Options options, EvaluationSettings settings, List<SourceText> texts) {
    /**
     * @throws UserError if no text has a token to score
     */
    List<TaskItem> items() {
      List<Window> windows = new ArrayList<>();
      for (int source = 0; source < texts.size(); source++) {
        windows.addAll(windows(source));
      }
      if (windows.isEmpty()) {
        throw new UserError(
            "The held-out text %s has too few tokens to score; two are the least."
                .formatted(String.join(", ", texts.stream().map(SourceText::name).toList())));
      }
      List<TaskItem> items = new ArrayList<>();
      int count = settings.limited(Math.min(windows.size(), options.maxWindows()));
      for (int i = 0; i < count; i++) {
        int index = i;
        Window window = windows.get((int) ((long) i * windows.size() / count));
        items.add(
            new TaskItem(
                0, index, window.sequence().length, () -> {}, () -> measure(window, index)));
      }
      return items;
    }

    private List<Window> windows(int source) {
      String text = texts.get(source).text();
      TokenSpans spans = prompts.encode(text);
      int tokens = spans.tokens().length;
      OptionalInt begin = prompts.beginToken();
      int perWindow = options.windowTokens() - (begin.isPresent() ? 1 : 0);
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

    private static Step measure(Window window, int index) {
      return new Step.Score(
          List.of(window.sequence()),
          new int[] {window.scoreStart()},
          scored -> new Step.Done(result(window, index, scored.getFirst().logProbs())));
    }

    private static ItemResult result(Window window, int index, double[] nats) {
      double bits = -Arrays.stream(nats).sum() / Math.log(2);
      Map<String, Double> values =
          Map.of(
              "bits", bits,
              "bytes", (double) window.bytes(),
              "tokens", (double) nats.length,
              "source", (double) window.source(),
              "start_char", (double) window.startChar());
      return new ItemResult(
          0,
          index,
          window.source(),
          List.of(
              new Sample(
                  Optional.empty(), PromptHash.of(window.sequence()), values, Optional.empty())));
    }

    /**
     * The last token up to {@code token} that begins a character; {@code token} if none after from.
     */
    private static int characterBorder(TokenSpans spans, int from, int token) {
      for (int border = token; border > from; border--) {
        if (spans.beginsCharacter(border)) {
          return border;
        }
      }
      return token;
    }

    /** The first token after {@code token} that begins a character, or the end. */
    private static int characterBorderAfter(TokenSpans spans, int token) {
      int border = token + 1;
      while (!spans.beginsCharacter(border)) {
        border++;
      }
      return border;
    }

    private static int[] prepend(int first, int[] rest) {
      int[] all = new int[rest.length + 1];
      all[0] = first;
      System.arraycopy(rest, 0, all, 1, rest.length);
      return all;
    }
  }
}
