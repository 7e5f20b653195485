package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.HaystackSettings;
import org.longpo.evaluation.TaskOptions;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.files.ModelFolder;
import org.longpo.settings.Key;
import org.longpo.settings.KeyType;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;

/** The settings of evaluation. */
final class EvaluateKeys {
  static final Section SECTION = new Section("Evaluation");

  /** Enough windows of held-out text for a small standard error, and no more. */
  private static final int HELD_OUT_TOKENS = 200_000;

  static final Key<List<String>> TASKS =
      SECTION.add(
          Key.derived(
              "tasks",
              KeyTypes.list(KeyType.Shape.COMMAS, KeyTypes.TEXT.labelled("TASK")),
              "all whose inputs are there",
              "Tasks to run, with commas: "
                  + String.join(", ", Tasks.ALL.stream().map(task -> task.info().id()).toList())
                  + "."));

  static final Key<List<Double>> DEPTHS =
      SECTION.add(
          Key.of(
              "depths",
              KeyTypes.list(
                  KeyType.Shape.COMMAS,
                  KeyTypes.number("a number from 0 to 100", x -> x >= 0 && x <= 100)
                      .labelled("PERCENT")),
              List.of(0.0, 25.0, 50.0, 75.0, 100.0),
              "Where needles are hidden, 0: at the beginning."));

  static final Key<Integer> HAYSTACKS =
      SECTION.add(Key.of("haystacks", KeyTypes.COUNT, 5, "Haystacks per length."));

  static final Key<Integer> QUESTIONS =
      SECTION.add(
          Key.of(
              "questions",
              KeyTypes.COUNT,
              10,
              "Questions about one haystack, all asked in one pass."));

  static final Key<Integer> ANSWER_TOKENS =
      SECTION.add(Key.of("answer_tokens", KeyTypes.COUNT, 32, "Tokens of an answer at most."));

  static final Key<Path> QA =
      SECTION.add(
          Key.derived(
              "qa",
              KeyTypes.FILE,
              "none",
              "Questions about passages, JSON Lines with passage, question, answers: asked about"
                  + " the passage alone and inside haystacks."));

  static final Key<Integer> WINDOW =
      SECTION.add(
          Key.derived(
              "window",
              KeyTypes.COUNT,
              "what the model had before training",
              "Window of bits per byte, in tokens: the same for a model and those trained from it,"
                  + " so that their figures may be compared. Without it, what config.json notes as "
                  + ContextWindow.KEY
                  + " (a training that raised max_position_embeddings did), else its"
                  + " max_position_embeddings."));

  private EvaluateKeys() {}

  /** {@code modelWindow}: the model's own. */
  static EvaluationSettings settings(
      Settings settings, List<Integer> lengths, ContextWindow modelWindow) {
    int window = window(settings, modelWindow);
    requireShortAnswers(settings, lengths);
    BitsPerByteTask bits = new BitsPerByteTask();
    return new EvaluationSettings(
        tasks(settings),
        new HaystackSettings(
            lengths, settings.get(DEPTHS), settings.get(QUESTIONS), settings.get(HAYSTACKS)),
        settings.get(ANSWER_TOKENS),
        settings.get(RunKeys.SEED),
        TaskOptions.DEFAULTS.with(
            bits,
            new BitsPerByteTask.Options(
                window, Math.clamp(HELD_OUT_TOKENS / window, 4, bits.defaults().maxWindows()))));
  }

  /** Names of the tasks to run; empty: all whose inputs are there. */
  static List<String> tasks(Settings settings) {
    return settings.find(TASKS).orElse(List.of());
  }

  /** The window of bits per byte, in tokens. */
  static int window(Settings settings, ContextWindow modelWindow) {
    return settings.find(WINDOW).orElse(modelWindow.tokens());
  }

  private static void requireShortAnswers(Settings settings, List<Integer> lengths) {
    int answer = settings.get(ANSWER_TOKENS);
    int shortest = lengths.stream().mapToInt(length -> length).min().orElse(Integer.MAX_VALUE);
    if (answer >= shortest) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s is %,d, which must be less than the shortest of the lengths, %,d; make it"
                  + " smaller, or give greater --lengths.",
              settings.where(ANSWER_TOKENS),
              answer,
              shortest));
    }
  }

  /** Where it stands: an adapter has no file of its own for it. */
  private static Path configuration(Path model) {
    return ModelFolder.of(model).base().isPresent() ? model : model.resolve(ModelFolder.CONFIG);
  }

  /** The window of bits per byte and where it comes from, as a sentence. */
  static String windowSentence(Settings settings, ContextWindow modelWindow, Path model) {
    return String.format(
        Locale.ROOT,
        "Window of bits per byte: %,d tokens, from %s.",
        window(settings, modelWindow),
        settings.find(WINDOW).isPresent()
            ? settings.where(WINDOW)
            : modelWindow.key() + " in " + configuration(model));
  }
}
