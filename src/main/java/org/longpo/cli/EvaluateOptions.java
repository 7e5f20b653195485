package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.HaystackSettings;
import org.longpo.evaluation.TaskOptions;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.files.ModelFolder;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.settings.SeedOption;
import org.longpo.settings.ValueType;
import org.longpo.settings.ValueTypes;

/**
 * The options of evaluation.
 *
 * @param tasks names of the tasks to run; empty: all whose inputs are there
 * @param inHaystacks how questions are asked in haystacks
 * @param answerTokens tokens of an answer at most
 * @param qa a file of questions about passages
 * @param window tokens of a window of bits per byte
 * @param seed of everything drawn
 */
@Section("Evaluation")
record EvaluateOptions(
    @Option(
            defaultText = "all whose inputs are there",
            label = "TASK",
            type = TaskNames.class,
            meaning = "Tasks to run, with commas.")
        List<String> tasks,
    Haystacks inHaystacks,
    @Option(defaultValue = "32", meaning = "Tokens of an answer at most.") @Range(from = 1)
        int answerTokens,
    @Option(
            defaultText = "none",
            label = "FILE",
            meaning =
                "Questions about passages, JSON Lines with passage, question, answers: asked about"
                    + " the passage alone and inside haystacks.")
        Optional<Path> qa,
    @Option(
            defaultText = "what the model had before training",
            meaning =
                "Window of bits per byte, in tokens: the same for a model and those trained from"
                    + " it, so that their figures may be compared. Without it, what config.json"
                    + " notes as "
                    + ContextWindow.KEY
                    + " (a training that raised max_position_embeddings did), else its"
                    + " max_position_embeddings.")
        @Range(from = 1)
        Optional<Integer> window,
    @SeedOption long seed) {
  /**
   * How questions are asked in haystacks.
   *
   * @param depths where needles are hidden, in percent of the haystack
   * @param haystacks haystacks per length
   * @param questions questions about one haystack
   */
  record Haystacks(
      @Option(
              defaultValue = "0, 25, 50, 75, 100",
              label = "PERCENT",
              meaning = "Where needles are hidden, 0: at the beginning.")
          @Range(from = 0, to = 100)
          List<Double> depths,
      @Option(defaultValue = "5", meaning = "Haystacks per length.") @Range(from = 1) int haystacks,
      @Option(defaultValue = "10", meaning = "Questions about one haystack, all asked in one pass.")
          @Range(from = 1)
          int questions) {
    Haystacks {
      OptionChecks.require(Haystacks.class, depths, haystacks, questions);
    }
  }

  /** The tasks' names. */
  static final class TaskNames implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return ValueTypes.list(
          ValueType.Shape.COMMAS,
          ValueTypes.choice(Tasks.ALL.stream().map(task -> task.info().id()).toList(), id -> id));
    }
  }

  /** Enough windows of held-out text for a small standard error, and no more. */
  private static final int HELD_OUT_TOKENS = 200_000;

  EvaluateOptions {
    OptionChecks.require(EvaluateOptions.class, tasks, inHaystacks, answerTokens, qa, window, seed);
  }

  /** {@code modelWindow}: the model's own. */
  EvaluationSettings settings(
      OptionValues given, List<Integer> lengths, ContextWindow modelWindow) {
    requireShortAnswers(given, lengths);
    BitsPerByteTask bits = new BitsPerByteTask();
    int windowTokens = windowTokens(modelWindow);
    return new EvaluationSettings(
        tasks,
        new HaystackSettings(
            lengths, inHaystacks.depths(), inHaystacks.questions(), inHaystacks.haystacks()),
        answerTokens,
        seed,
        TaskOptions.DEFAULTS.with(
            bits,
            new BitsPerByteTask.Options(
                windowTokens,
                Math.clamp(HELD_OUT_TOKENS / windowTokens, 4, bits.defaults().maxWindows()))));
  }

  /** The window of bits per byte, in tokens. */
  int windowTokens(ContextWindow modelWindow) {
    return window.orElse(modelWindow.tokens());
  }

  private void requireShortAnswers(OptionValues given, List<Integer> lengths) {
    int shortest = lengths.stream().mapToInt(length -> length).min().orElse(Integer.MAX_VALUE);
    if (answerTokens >= shortest) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s is %,d, which must be less than the shortest of the lengths, %,d; make it"
                  + " smaller, or give greater --lengths.",
              given.where("answer_tokens"),
              answerTokens,
              shortest));
    }
  }

  /** Where it stands: an adapter has no file of its own for it. */
  private static Path configuration(Path model) {
    return ModelFolder.of(model).base().isPresent() ? model : model.resolve(ModelFolder.CONFIG);
  }

  /** The window of bits per byte and where it comes from, as a sentence. */
  String windowSentence(OptionValues given, ContextWindow modelWindow, Path model) {
    return String.format(
        Locale.ROOT,
        "Window of bits per byte: %,d tokens, from %s.",
        windowTokens(modelWindow),
        window.isPresent()
            ? given.where("window")
            : modelWindow.key() + " in " + configuration(model));
  }
}
