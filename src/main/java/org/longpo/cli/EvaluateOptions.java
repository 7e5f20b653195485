package org.longpo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskOptions;
import org.longpo.evaluation.TaskSelection;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.files.ModelFolder;
import org.longpo.model.ModelChoice;
import org.longpo.settings.Option;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.ValueType;
import org.longpo.settings.ValueTypes;

/**
 * What is evaluated.
 *
 * @param tasks names of the tasks to run; empty: all whose inputs are given
 * @param qa a file of questions about passages
 * @param data the folder with the files of published benchmarks
 * @param judge the model that judges answers
 */
@Section("Evaluation")
record EvaluateOptions(
    @Option(
            defaultText = "all whose inputs are given",
            type = TaskNames.class,
            meaning = "Tasks to run, with commas.")
        List<String> tasks,
    @Option(
            defaultText = "none",
            label = "FILE",
            meaning =
                "Questions about passages, JSON Lines with passage, question, answers: each given"
                    + " the passage alone and inside haystacks.")
        Optional<Path> qa,
    @Option(
            defaultText = "none",
            label = "DIR",
            meaning =
                "Files of published benchmarks, under the names that longpo evaluate --list shows.")
        Optional<Path> data,
    @Option(
            defaultText = "the model itself; in a run of rounds the one before the first of them",
            label = "DIR",
            meaning =
                "The model folder of the judge of the answers to mt-bench and longbench-chat; it"
                    + " runs with the options of the model, but for its position embedding.")
        Optional<Path> judge) {
  /** {@link #selection} knows the names. */
  static final class TaskNames implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return ValueTypes.list(ValueType.Shape.COMMAS, ValueTypes.TEXT.labelled("TASK"));
    }
  }

  /** The records that hold the options of evaluation. */
  static List<Class<? extends Record>> records(List<Task<?>> known) {
    List<Class<? extends Record>> records =
        new ArrayList<>(List.of(EvaluateOptions.class, EvaluationSettings.class));
    known.forEach(task -> records.add(task.options()));
    return records;
  }

  /** The options of a command with the names of the tasks in their help. */
  static Schema named(Schema schema, List<Task<?>> known) {
    return schema.withMeaning(
        "tasks",
        "Tasks or groups of tasks to run, with commas: "
            + String.join(", ", TaskSelection.names(known))
            + ".");
  }

  /** Adds the defaults of the tasks' options to a print-out; with the model's, if one was given. */
  static void addTo(OptionListing listing, OptionValues given, List<Task<?>> known) {
    SuppliedValues supplied =
        given.isGiven("model")
            ? modelWindow(ContextWindow.of(ModelCheck.choice(given).folder()))
            : SuppliedValues.NONE;
    known.forEach(task -> listing.of(task.options(), List.of(supplied)));
  }

  private static SuppliedValues modelWindow(ContextWindow window) {
    return SuppliedValues.of(TaskOptions.MODEL_WINDOW, window.tokens());
  }

  /**
   * The files of published benchmarks.
   *
   * @throws UserError if the folder is none
   */
  BenchmarkData benchmarks() {
    data.filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            missing -> {
              throw new UserError(
                  "--data " + missing + " is no folder; give the one with the benchmarks' files.");
            });
    return new BenchmarkData(data);
  }

  /**
   * The judge, opened as the model is.
   *
   * @param model as it was given
   * @param run the run's folder
   * @throws UserError as {@link ModelCheck#check}
   */
  Optional<ModelChoice> judge(ModelChoice model, Path run, Console console) {
    return judge.map(
        folder ->
            ModelCheck.check(model.withFolder(folder).withRope(RopeOverride.NONE), run, console));
  }

  /** Files that are read and are no documents, wherever they lie. */
  List<Path> files() {
    return qa.stream().toList();
  }

  /**
   * The tasks to run.
   *
   * @throws UserError with place and nearest name if there is no task of a name
   */
  TaskSelection selection(OptionValues given, List<Task<?>> known) {
    try {
      return TaskSelection.of(known, tasks);
    } catch (UserError unknown) {
      throw new UserError(given.where("tasks") + ": " + unknown.getMessage(), unknown);
    }
  }

  /**
   * All settings.
   *
   * @param modelWindow the model's own
   */
  EvaluationSettings settings(
      OptionValues given, List<Task<?>> known, List<Integer> lengths, ContextWindow modelWindow) {
    EvaluationSettings settings =
        given.read(
            EvaluationSettings.class,
            SuppliedValues.of(EvaluationSettings.TASKS, tasks)
                .with(EvaluationSettings.LENGTHS, lengths)
                .with(
                    EvaluationSettings.OPTIONS,
                    TaskOptions.read(known, given, modelWindow(modelWindow))));
    requireShortAnswers(given, settings.answerTokens(), lengths);
    return settings;
  }

  private static void requireShortAnswers(
      OptionValues given, int answerTokens, List<Integer> lengths) {
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

  /** The file that states it: an adapter has no file of its own for it. */
  private static Path configuration(Path model) {
    return ModelFolder.of(model).base().isPresent() ? model : model.resolve(ModelFolder.CONFIG);
  }

  /** The window of bits per byte, in tokens; empty where the task is not run. */
  static OptionalInt windowTokens(EvaluationSettings settings, TaskSelection tasks) {
    return tasks.tasks().stream()
        .filter(BitsPerByteTask.class::isInstance)
        .mapToInt(task -> settings.options().of((BitsPerByteTask) task).windowTokens())
        .findFirst();
  }

  /** The window of bits per byte and where it comes from, as a sentence. */
  static String windowSentence(
      OptionValues given, int windowTokens, ContextWindow modelWindow, Path model) {
    return String.format(
        Locale.ROOT,
        "Window of bits per byte: %,d tokens, from %s.",
        windowTokens,
        given.isGiven("window")
            ? given.where("window")
            : modelWindow.key() + " in " + configuration(model));
  }
}
