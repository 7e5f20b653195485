package org.longpo.evaluation.tasks.ruler;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.tasks.ruler.Recipe.Draw;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * Makes the items of a task: a sample is one.
 *
 * @param task its id
 * @param metric of the samples' values
 */
record RulerItems(
    String task,
    String metric,
    RulerKind kind,
    RulerWording wording,
    Prompts prompts,
    EvaluationSettings settings) {
  private int answerTokens() {
    return wording.of(kind).answerTokens();
  }

  /** A sample as a model reads it. */
  private record Asked(RulerSample sample, Prompt prompt) {}

  /** Those that fill a length. */
  List<TaskItem> generated(Recipe recipe, int samples, int length) {
    int most =
        settings.limited(recipe.samples().map(all -> Math.min(all, samples)).orElse(samples));
    return IntStream.range(0, most)
        .mapToObj(
            index -> {
              Supplier<Asked> asked = () -> filled(recipe, new Place(length, index, most));
              return item(length, index, recipe.cluster(index), asked);
            })
        .toList();
  }

  /** Those of RULER's own file. */
  List<TaskItem> of(RulerFile file, int length) {
    return file.lines().subList(0, settings.limited(file.lines().size())).stream()
        .map(
            line ->
                item(
                    length,
                    line.number(),
                    line.number(),
                    () -> {
                      RulerSample sample = file.sample(line);
                      return new Asked(sample, sample.prompt(prompts));
                    }))
        .toList();
  }

  private TaskItem item(int length, int index, int cluster, Supplier<Asked> asked) {
    return new TaskItem(
        length,
        index,
        length,
        // Whatever can fail does so while the prompt is made.
        () -> requireNonNull(asked.get()),
        () -> ask(length, index, cluster, asked.get()));
  }

  private Step ask(int length, int index, int cluster, Asked asked) {
    RulerSample sample = asked.sample();
    return PromptAnswers.ask(
        List.of(asked.prompt()),
        answerTokens(),
        answers ->
            new ItemResult(
                length,
                index,
                cluster,
                List.of(
                    answers.sample(
                        0,
                        Optional.empty(),
                        Map.of(metric, kind.score(answers.text(0), sample.outputs())),
                        sample.question(),
                        sample.outputs()))));
  }

  /**
   * @param samples of this length
   */
  private record Place(int length, int index, int samples) {}

  private Asked filled(Recipe recipe, Place place) {
    Recipe.Growing growing = recipe.draw(draw(place.length(), place.index()));
    return new LengthSearch<Asked>(
            place.length() - answerTokens(),
            size -> asked(growing, size),
            asked -> asked.prompt().length())
        .largest(growing.smallest())
        .orElseThrow(() -> tooShort(recipe, place));
  }

  private Asked asked(Recipe.Growing growing, int size) {
    RulerSample sample = growing.sample(size);
    return new Asked(sample, sample.prompt(prompts));
  }

  private Draw draw(int length, int index) {
    return new Draw(prompts, wording, task, settings.seed(), length, index);
  }

  /** All samples are looked at, so that a length that the message names is enough for each. */
  private UserError tooShort(Recipe recipe, Place place) {
    int smallest =
        IntStream.range(0, place.samples())
            .mapToObj(index -> recipe.draw(draw(place.length(), index)))
            .mapToInt(growing -> asked(growing, growing.smallest()).prompt().length())
            .max()
            .orElseThrow();
    return new UserError(
        ("A length of %,d tokens is too short for the task %s: its smallest prompt has %,d and its"
                + " answer up to %,d; give a length of at least %,d (--lengths).")
            .formatted(place.length(), task, smallest, answerTokens(), smallest + answerTokens()));
  }
}
