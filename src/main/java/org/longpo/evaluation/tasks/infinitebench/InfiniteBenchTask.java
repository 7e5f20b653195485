package org.longpo.evaluation.tasks.infinitebench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.evaluation.longtext.LongTextItems;
import org.longpo.evaluation.longtext.PromptForm;
import org.longpo.files.JsonRows;
import org.longpo.files.Sha256;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * A task of InfiniteBench on its official file, with the prompts ({@link InfiniteBenchPrompts}),
 * limits and scores of the original. Answers are greedy, as those of YaRN-Mistral were.
 */
public final class InfiniteBenchTask implements Task<InfiniteBenchTask.Options> {
  /** All twelve. */
  public static final List<Task<?>> ALL =
      InfiniteBenchSubset.ALL.stream().<Task<?>>map(InfiniteBenchTask::new).toList();

  /**
   * The same for all twelve tasks.
   *
   * @param form the original lets open models continue the prompt as a text
   * @param answerTokens empty: the original's limit of each task
   */
  @Section("Evaluation")
  public record Options(
      InputLimit limit,
      @Option(
              name = "infinitebench_form",
              defaultValue = "completion",
              meaning =
                  "InfiniteBench: how its prompts are given. completion: as a text that the model"
                      + " continues, as the original does with open models; chat: as a user's"
                      + " message, for which the original's limits of answers may be too small.")
          PromptForm form,
      @Option(
              name = "infinitebench_answer_tokens",
              defaultText = "those of the original, from 3 (math_find) to 30,000 (math_calc)",
              meaning = "InfiniteBench: tokens of an answer at most, in all of its tasks.")
          @Range(from = 1)
          Optional<Integer> answerTokens) {
    public Options {
      OptionChecks.require(Options.class, limit, form, answerTokens);
    }
  }

  /** Those of Table 1 of LongPO's paper: En.Sum, En.QA, En.MC. */
  private static final Set<String> OF_THE_PAPER =
      Set.of("longbook_sum_eng", "longbook_qa_eng", "longbook_choice_eng");

  private final InfiniteBenchSubset subset;
  private final TaskInfo info;

  private InfiniteBenchTask(InfiniteBenchSubset subset) {
    this.subset = subset;
    String name = "InfiniteBench " + subset.name();
    this.info =
        new TaskInfo(
            subset.id(),
            /* version= */ 1,
            name,
            name,
            TaskInfo.Context.LONG_TEXTS,
            new TaskInfo.Units("texts", "texts"),
            List.of(subset.metric(), LongTextItems.TRUNCATED));
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public String data() {
    return subset.file() + ".jsonl in --data";
  }

  @Override
  public List<String> conditions(Options options) {
    return List.of(
        switch (options.form()) {
          case COMPLETION -> "chat template off";
          case CHAT -> "chat template on";
        });
  }

  @Override
  public List<String> groups() {
    return OF_THE_PAPER.contains(subset.file())
        ? List.of("infinitebench", "paper")
        : List.of("infinitebench");
  }

  @Override
  public boolean onlyWhenNamed() {
    return true;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return file(inputs).isEmpty()
        ? Optional.of("its questions (%s.jsonl in --data DIR)".formatted(subset.file()))
        : Optional.empty();
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    Path file = file(inputs).orElseThrow();
    return new TaskPlan(
        Map.of("InfiniteBench " + subset.file(), Sha256.of(file)),
        settings.limitValue(),
        context -> items(context, settings, options, file));
  }

  private Optional<Path> file(EvaluationInputs inputs) {
    String name = subset.file() + ".jsonl";
    return inputs.data().find("infinitebench/" + name, name);
  }

  private List<TaskItem> items(
      TaskContext context, EvaluationSettings settings, Options options, Path file) {
    List<LongQuestion> questions =
        JsonRows.read(file, settings.limited(Integer.MAX_VALUE), subset::question);
    if (questions.isEmpty()) {
      throw new UserError(
          file + " has no question; expected JSON Lines with id, context, input, answer, options.");
    }
    return new LongTextItems(
            options.limit(),
            options.form(),
            context,
            options.answerTokens().orElse(subset.answerTokens()),
            subset.metric())
        .of(questions);
  }
}
