package org.longpo.evaluation.tasks.longbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.longtext.AnswerKey;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongQuestion;
import org.longpo.evaluation.longtext.LongTextItems;
import org.longpo.evaluation.longtext.PromptForm;
import org.longpo.evaluation.scoring.LongBenchAnswer;
import org.longpo.files.JsonRow;
import org.longpo.files.JsonRows;
import org.longpo.files.Sha256;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Section;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * LongBench v2 on its official file, with the prompts ({@link LongBenchPrompts}), limits and
 * extraction of letters ({@link LongBenchAnswer}) of the original's {@code pred.py}.
 *
 * <p>Two things are not as there: answers are greedy, where the original draws them at temperature
 * 0.1, and an empty one is wrong, where the original leaves the question out.
 */
public final class LongBenchTask implements Task<LongBenchTask.Options> {
  /**
   * @param chainOfThought whether the model first thinks and then, without the text, answers
   */
  @Section("Evaluation")
  public record Options(
      InputLimit limit,
      @Option(
              name = "longbench_cot",
              defaultValue = "false",
              meaning =
                  "LongBench v2: a chain of thought of up to 1,024 tokens comes before each"
                      + " answer.")
          boolean chainOfThought,
      @Option(
              name = "longbench_slices",
              defaultValue = "length",
              meaning = "LongBench v2: what results are divided by.")
          SliceBy sliceBy) {
    public Options {
      OptionChecks.require(Options.class, limit, chainOfThought, sliceBy);
    }
  }

  private static final int ANSWER_TOKENS = 128;
  private static final int THOUGHT_TOKENS = 1024;

  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  private static final Metric ACCURACY = Metric.share("accuracy", "right answers");

  private static final TaskInfo INFO =
      new TaskInfo(
          "longbench-v2",
          /* version= */ 1,
          "LongBench v2",
          "LongBench v2",
          TaskInfo.Context.LONG_TEXTS,
          new TaskInfo.Units("texts", "texts"),
          List.of(ACCURACY, LongTextItems.TRUNCATED));

  @Override
  public TaskInfo info() {
    return INFO;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public String data() {
    return "longbench_v2/data.json in --data";
  }

  @Override
  public List<String> groups() {
    return List.of("longbench");
  }

  @Override
  public boolean onlyWhenNamed() {
    return true;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return file(inputs).isEmpty()
        ? Optional.of("its questions (longbench_v2/data.json in --data DIR)")
        : Optional.empty();
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    Path file = file(inputs).orElseThrow();
    return new TaskPlan(
        Map.of("LongBench v2", Sha256.of(file)),
        settings.limitValue(),
        context -> items(context, settings, options, file));
  }

  private static Optional<Path> file(EvaluationInputs inputs) {
    return inputs.data().find("longbench_v2/data.json", "longbench-v2.json", "longbench-v2.jsonl");
  }

  private static List<TaskItem> items(
      TaskContext context, EvaluationSettings settings, Options options, Path file) {
    List<LongQuestion> questions =
        JsonRows.read(
            file,
            settings.limited(Integer.MAX_VALUE),
            row -> LongBenchPrompts.question(row, options.chainOfThought(), key(row, options)));
    if (questions.isEmpty()) {
      throw new UserError(file + " has no question; expected LongBench v2's data.json.");
    }
    Prompts prompts = context.prompts();
    return options.chainOfThought()
        ? items(options, context, THOUGHT_TOKENS).of(questions, asked -> think(asked, prompts))
        : items(options, context, ANSWER_TOKENS).of(questions);
  }

  private static LongTextItems items(Options options, TaskContext context, int answerTokens) {
    return new LongTextItems(options.limit(), PromptForm.CHAT, context, answerTokens, ACCURACY);
  }

  private static AnswerKey key(JsonRow row, Options options) {
    String letter = row.text("answer");
    if (!LETTERS.contains(letter)) {
      throw row.refused("answer", "one of " + String.join(", ", LETTERS));
    }
    return new AnswerKey(
        List.of(letter),
        answer -> LongBenchAnswer.letter(answer).filter(letter::equals).isPresent() ? 1 : 0,
        Optional.of(options.sliceBy().of(row)));
  }

  private static Step think(LongTextItems.Asked asked, Prompts prompts) {
    return new Step.Write(
        asked.fitted().prompts(),
        WriteSettings.greedy(THOUGHT_TOKENS),
        thoughts -> conclude(asked, prompts, thoughts));
  }

  /** The log names the prompt with the text: the second one depends on the model. */
  private static Step conclude(LongTextItems.Asked asked, Prompts prompts, List<Written> thoughts) {
    List<Prompt> conclusions = new ArrayList<>();
    for (int i = 0; i < thoughts.size(); i++) {
      LongQuestion question = asked.group().questions().get(i);
      conclusions.add(prompts.of(LongBenchPrompts.conclusion(question, thoughts.get(i).text())));
    }
    return PromptAnswers.ask(
        conclusions,
        ANSWER_TOKENS,
        answers ->
            asked.result(new PromptAnswers(asked.fitted().prompts(), answers.answers()), ACCURACY));
  }
}
