package org.longpo.evaluation.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.evaluation.QuestionPrompts;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.text.Prompt;

/** Questions about a passage that is all the model reads; those of one passage in one pass. */
public final class PassageQaTask implements Task<PassageQaTask.Options> {
  /**
   * @param maxQuestions the first of the shuffled questions, at most so many
   */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "qa_questions",
              defaultValue = "1000",
              meaning = "Questions about a passage alone, at most.")
          @Range(from = 1)
          int maxQuestions,
      @QaPrompt QuestionPrompt prompt) {
    public Options {
      OptionChecks.require(Options.class, maxQuestions, prompt);
    }
  }

  private static final TaskInfo INFO =
      new TaskInfo(
          "qa",
          /* version= */ 1,
          "Questions about a passage",
          "questions about a passage",
          TaskInfo.Context.SHORT,
          new TaskInfo.Units("passages", "passages"),
          PassageQuestions.METRICS);

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
    return PassageQuestions.missing(inputs);
  }

  @Override
  public String data() {
    return "--qa";
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    QuestionFile file = inputs.questions().orElseThrow();
    return new TaskPlan(
        Map.of(PassageQuestions.FILE, file.sha256()),
        settings.questionValues(),
        context -> new Passages(context, settings, options).items(file));
  }

  private record Passages(TaskContext context, EvaluationSettings settings, Options options) {
    List<TaskItem> items(QuestionFile file) {
      List<PassageQuestions.PassageQuestion> all = PassageQuestions.shuffled(file, settings.seed());
      List<TaskItem> items = new ArrayList<>();
      PassageQuestions.byPassage(
              all.subList(0, settings.limited(Math.min(all.size(), options.maxQuestions()))))
          .forEach(
              (passage, questions) -> {
                int index = items.size();
                items.add(
                    new TaskItem(
                        0,
                        index,
                        TaskItem.tokensOf(passage.text()),
                        () -> {},
                        () -> ask(passage.text(), questions, index)));
              });
      return items;
    }

    private Step ask(String passage, List<QuestionFile.Question> questions, int index) {
      List<Prompt> prompts =
          new QuestionPrompts(
                  context.prompts(),
                  options.prompt(),
                  questions.stream().map(QuestionFile.Question::text).toList())
              .prompts(passage);
      return PromptAnswers.ask(
          prompts,
          settings.answerTokens(),
          answers -> new ItemResult(0, index, index, samples(questions, answers)));
    }

    private static List<Sample> samples(
        List<QuestionFile.Question> questions, PromptAnswers answers) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        samples.add(
            answers.sample(
                i,
                Optional.empty(),
                PassageQuestions.scores(answers.text(i), questions.get(i)),
                questions.get(i).text(),
                questions.get(i).answers()));
      }
      return samples;
    }
  }
}
