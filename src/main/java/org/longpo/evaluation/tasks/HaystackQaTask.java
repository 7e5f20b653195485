package org.longpo.evaluation.tasks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.QuestionPrompt;
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
import org.longpo.evaluation.tasks.PassageQuestions.PassageQuestion;
import org.longpo.settings.Section;

/**
 * Questions about passages hidden in a haystack. A haystack takes the next questions of the file's
 * shuffled order, up to {@code questions}, as long as their passages fill no more than half of the
 * context (one passage always goes in). All questions about a passage are in one haystack, unless
 * it has more questions than a haystack takes; haystacks that share one are a cluster. Passages are
 * spread over the depths in turn, and all the questions of a haystack are asked in one pass.
 */
public final class HaystackQaTask implements Task<HaystackQaTask.Options> {
  /** How the questions are asked. */
  @Section("Evaluation")
  public record Options(@QaPrompt QuestionPrompt prompt) {}

  private static final TaskInfo INFO =
      new TaskInfo(
          "qa-haystack",
          /* version= */ 1,
          "Questions about passages in a haystack",
          "Exact answers about a passage in the text",
          TaskInfo.Context.LONG,
          new TaskInfo.Units("haystacks", "haystacks"),
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
    return PassageQuestions.missing(inputs).or(() -> HaystackInputs.missing(inputs, settings));
  }

  @Override
  public String data() {
    return "--qa, hidden in --documents";
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    QuestionFile file = inputs.questions().orElseThrow();
    return new TaskPlan(
        Map.of(HaystackInputs.TEXTS, inputs.haystackSha256(), PassageQuestions.FILE, file.sha256()),
        settings.haystackValues(),
        context ->
            new Haystacks(context, settings, options, HaystackText.of(inputs.haystack(), context))
                .items(file));
  }

  /**
   * Which haystack.
   *
   * @param cluster of the haystacks that share a passage
   */
  private record Place(int length, int index, int cluster) {}

  private record Haystacks(
      TaskContext context, EvaluationSettings settings, Options options, HaystackText text) {
    /** The other half is haystack, so that a depth means something. */
    private static final int LARGEST_SHARE_OF_PASSAGES = 2;

    /**
     * @throws UserError naming file and line if a passage is longer than a context
     */
    List<TaskItem> items(QuestionFile file) {
      List<PassageQuestion> questions = PassageQuestions.shuffled(file, settings.seed());
      List<TaskItem> items = new ArrayList<>();
      for (int length : settings.haystacks().lengths()) {
        int from = 0;
        int passagesBefore = 0;
        int cluster = 0;
        int haystacks = settings.limited(settings.haystacks().haystacksPerLength());
        for (int index = 0; index < haystacks && from < questions.size(); index++) {
          int to = endOfGroup(questions, from, length);
          List<PassageQuestion> group = questions.subList(from, to);
          List<Planted> planted = planted(group, passagesBefore);
          if (!isWithinPassage(questions, from)) {
            cluster = index;
          }
          Place place = new Place(length, index, cluster);
          items.add(
              new TaskItem(
                  length,
                  index,
                  length,
                  () -> haystack(group, planted, place),
                  () -> ask(group, planted, place)));
          from = to;
          passagesBefore += planted.size();
        }
      }
      return items;
    }

    /** The end of the questions about one haystack that begin at {@code from}. */
    private int endOfGroup(List<PassageQuestion> questions, int from, int length) {
      int most = endByRoom(questions, from, length);
      int end = most;
      while (isWithinPassage(questions, end)) {
        end--;
      }
      // A passage that begins the group and has more questions is cut, or the group would be empty.
      return end > from ? end : most;
    }

    /** Whether the questions before and after this border are about the same passage. */
    private static boolean isWithinPassage(List<PassageQuestion> questions, int border) {
      return border > 0
          && border < questions.size()
          && questions.get(border - 1).passage().equals(questions.get(border).passage());
    }

    private int endByRoom(List<PassageQuestion> questions, int from, int length) {
      Set<QuestionFile.Passage> passages = new HashSet<>();
      long tokens = 0;
      for (int i = from;
          i < questions.size() && i < from + settings.haystacks().questionsPerHaystack();
          i++) {
        QuestionFile.Passage passage = questions.get(i).passage();
        if (passages.add(passage)) {
          int own = context.prompts().countTokens(passage.text());
          if (own >= length) {
            throw new UserError(
                ("%s: the passage has %,d tokens, which a context of %,d tokens does not hold;"
                        + " take it out or give a larger length.")
                    .formatted(passage.where(), own, length));
          }
          tokens += own;
          if (i > from && tokens * LARGEST_SHARE_OF_PASSAGES > length) {
            return i;
          }
        }
      }
      return Math.min(questions.size(), from + settings.haystacks().questionsPerHaystack());
    }

    private List<Planted> planted(List<PassageQuestion> group, int passagesBefore) {
      List<Planted> planted = new ArrayList<>();
      for (QuestionFile.Passage passage : PassageQuestions.byPassage(group).keySet()) {
        double depth = settings.haystacks().depthPercent(passagesBefore + planted.size());
        planted.add(new Planted(passage.text().strip(), depth, Planted.Form.PARAGRAPH));
      }
      return planted;
    }

    private Haystack haystack(List<PassageQuestion> group, List<Planted> planted, Place place) {
      QuestionPrompts questions =
          new QuestionPrompts(
              context.prompts(),
              options.prompt(),
              group.stream().map(one -> one.question().text()).toList());
      return new HaystackBuilder(text, questions, planted, place.length())
          .build(Seeds.random(settings.seed(), "qa haystack", place.length(), place.index()));
    }

    private Step ask(List<PassageQuestion> group, List<Planted> planted, Place place) {
      Haystack haystack = haystack(group, planted, place);
      return PromptAnswers.ask(
          haystack.prompts(),
          settings.answerTokens(),
          answers ->
              new ItemResult(
                  place.length(),
                  place.index(),
                  place.cluster(),
                  samples(group, planted, haystack, answers)));
    }

    private static List<Sample> samples(
        List<PassageQuestion> group,
        List<Planted> planted,
        Haystack haystack,
        PromptAnswers answers) {
      List<QuestionFile.Passage> passages =
          List.copyOf(PassageQuestions.byPassage(group).sequencedKeySet());
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < group.size(); i++) {
        QuestionFile.Question question = group.get(i).question();
        int passage = passages.indexOf(group.get(i).passage());
        Map<String, Double> values =
            new HashMap<>(PassageQuestions.scores(answers.text(i), question));
        values.put("placed_percent", haystack.depthPercents().get(passage));
        samples.add(
            answers.sample(
                i,
                Optional.of(Slice.ofDepth(planted.get(passage).depthPercent())),
                values,
                question.text(),
                question.answers()));
      }
      return samples;
    }
  }
}
