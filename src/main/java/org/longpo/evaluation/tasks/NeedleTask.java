package org.longpo.evaluation.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.HaystackSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.QuestionPrompts;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Seeds;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.haystack.Haystack;
import org.longpo.evaluation.haystack.HaystackBuilder;
import org.longpo.evaluation.haystack.HaystackText;
import org.longpo.evaluation.haystack.Planted;
import org.longpo.evaluation.scoring.SquadScore;

/**
 * Needle in a haystack: facts are hidden in a long text, one question asks for each, and an answer
 * is right if the fact's value occurs in it. A haystack's needles are spread over the depths in
 * turn, and the next haystack continues with the next depth, so that all depths of a length are
 * asked about equally often. The other needles of a haystack are distractors, as in RULER's
 * multi-key task (Hsieh et al. 2024).
 */
public final class NeedleTask implements Task<NeedleWording> {
  private static final TaskInfo INFO =
      new TaskInfo(
          "needle",
          /* version= */ 1,
          "Needle in a haystack",
          "Right answers about a fact in the text",
          TaskInfo.Context.LONG,
          new TaskInfo.Units("haystacks", "haystacks"),
          List.of(Metric.share("accuracy", "right answers"), Metric.share("token_f1", "token F1")));

  @Override
  public TaskInfo info() {
    return INFO;
  }

  @Override
  public Class<NeedleWording> options() {
    return NeedleWording.class;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return HaystackInputs.missing(inputs, settings);
  }

  @Override
  public String data() {
    return "facts hidden in --documents";
  }

  @Override
  public TaskPlan plan(
      EvaluationInputs inputs, EvaluationSettings settings, NeedleWording wording) {
    return new TaskPlan(
        Map.of(HaystackInputs.TEXTS, inputs.haystackSha256()),
        settings.haystackValues(),
        context ->
            new Haystacks(context, settings, wording, HaystackText.of(inputs.haystack(), context))
                .items());
  }

  /** What an item hides and asks. */
  private record Hidden(
      List<Needle> needles, List<Planted> planted, List<String> questions, Haystack haystack) {}

  private record Haystacks(
      TaskContext context, EvaluationSettings settings, NeedleWording wording, HaystackText text) {
    List<TaskItem> items() {
      HaystackSettings haystacks = settings.haystacks();
      List<TaskItem> items = new ArrayList<>();
      for (int length : haystacks.lengths()) {
        for (int i = 0; i < settings.limited(haystacks.haystacksPerLength()); i++) {
          int index = i;
          items.add(
              new TaskItem(
                  length, index, length, () -> hide(length, index), () -> ask(length, index)));
        }
      }
      return items;
    }

    private Hidden hide(int length, int index) {
      HaystackSettings haystacks = settings.haystacks();
      Random random = Seeds.random(settings.seed(), "needle", length, index);
      List<Needle> needles = Needle.draw(haystacks.questionsPerHaystack(), random, text::contains);
      List<Planted> planted = new ArrayList<>();
      for (int i = 0; i < needles.size(); i++) {
        planted.add(
            new Planted(
                wording.state(needles.get(i)),
                haystacks.depthPercent((long) index * needles.size() + i),
                Planted.Form.SENTENCE));
      }
      List<String> texts = needles.stream().map(wording::ask).toList();
      QuestionPrompts questions = new QuestionPrompts(context.prompts(), wording.prompt(), texts);
      Haystack haystack = new HaystackBuilder(text, questions, planted, length).build(random);
      return new Hidden(needles, planted, texts, haystack);
    }

    private Step ask(int length, int index) {
      Hidden hidden = hide(length, index);
      Haystack haystack = hidden.haystack();
      return PromptAnswers.ask(
          haystack.prompts(),
          settings.answerTokens(),
          answers -> result(hidden, answers, length, index));
    }

    private static ItemResult result(Hidden hidden, PromptAnswers answers, int length, int index) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < hidden.needles().size(); i++) {
        Needle needle = hidden.needles().get(i);
        List<String> expected = List.of(needle.value());
        String answer = answers.text(i);
        samples.add(
            answers.sample(
                i,
                Optional.of(Slice.ofDepth(hidden.planted().get(i).depthPercent())),
                Map.of(
                    "accuracy", needle.isFoundIn(answer) ? 1.0 : 0.0,
                    "token_f1", SquadScore.tokenF1(answer, expected),
                    "placed_percent", hidden.haystack().depthPercents().get(i)),
                hidden.questions().get(i),
                expected));
      }
      return new ItemResult(length, index, index, samples);
    }
  }
}
