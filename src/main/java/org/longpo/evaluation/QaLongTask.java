package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.longpo.error.UserError;
import org.longpo.evaluation.PassageQuestions.PassageQuestion;

/**
 * Questions about passages hidden in a haystack. A haystack takes the next questions of the file's
 * shuffled order, up to {@code questions_per_haystack}, as long as their passages fill no more than
 * half of the context (one passage always goes in). A passage is asked about in one haystack,
 * unless it has more questions than a haystack takes; haystacks that share one are a cluster.
 * Passages are spread over the depths in turn, and all the questions of a haystack are asked in one
 * pass.
 */
final class QaLongTask {
  /** The other half is haystack, so that a depth means something. */
  private static final int LARGEST_SHARE_OF_PASSAGES = 2;

  private final TestedModel model;
  private final EvaluationSettings settings;
  private final QuestionFile file;
  private final HaystackText text;

  QaLongTask(TestedModel model, EvaluationSettings settings, QuestionFile file, HaystackText text) {
    this.model = model;
    this.settings = settings;
    this.file = file;
    this.text = text;
  }

  /**
   * @throws UserError naming file and line if a passage is longer than a context
   */
  List<EvaluationItem> items() {
    List<PassageQuestion> questions = PassageQuestions.shuffled(file, settings.seed());
    List<EvaluationItem> items = new ArrayList<>();
    for (int length : settings.lengths()) {
      int from = 0;
      int passagesBefore = 0;
      int cluster = 0;
      for (int i = 0; i < settings.haystacksPerLength() && from < questions.size(); i++) {
        int to = endOfGroup(questions, from, length);
        List<PassageQuestion> group = questions.subList(from, to);
        List<Planted> planted = planted(group, passagesBefore);
        if (!isWithinPassage(questions, from)) {
          cluster = i;
        }
        int index = i;
        int own = cluster;
        items.add(
            new EvaluationItem(
                TaskKind.QA_LONG,
                length,
                index,
                () -> haystack(group, planted, length, index),
                () -> ask(group, planted, length, index, own)));
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
    // A passage that begins the group and goes on behind it is cut, as nothing else would be left.
    return end > from ? end : most;
  }

  /** Whether the questions before and behind this border are about the same passage. */
  private static boolean isWithinPassage(List<PassageQuestion> questions, int border) {
    return border > 0
        && border < questions.size()
        && questions.get(border - 1).passage().equals(questions.get(border).passage());
  }

  private int endByRoom(List<PassageQuestion> questions, int from, int length) {
    Set<QuestionFile.Passage> passages = new HashSet<>();
    long tokens = 0;
    for (int i = from; i < questions.size() && i < from + settings.questionsPerHaystack(); i++) {
      QuestionFile.Passage passage = questions.get(i).passage();
      if (passages.add(passage)) {
        int own = model.countTokens(passage.text());
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
    return Math.min(questions.size(), from + settings.questionsPerHaystack());
  }

  private List<Planted> planted(List<PassageQuestion> group, int passagesBefore) {
    List<Double> depths = settings.depthPercents();
    List<Planted> planted = new ArrayList<>();
    for (QuestionFile.Passage passage : PassageQuestions.byPassage(group).keySet()) {
      double depth = depths.get((passagesBefore + planted.size()) % depths.size());
      planted.add(new Planted(passage.text().strip(), depth, Planted.Form.PARAGRAPH));
    }
    return planted;
  }

  private Haystack haystack(
      List<PassageQuestion> group, List<Planted> planted, int length, int index) {
    Questions questions =
        new Questions(
            model,
            settings.qaPrompt(),
            group.stream().map(asked -> asked.question().text()).toList());
    return new HaystackBuilder(text, questions, planted, length)
        .build(Seeds.random(settings.seed(), "qa haystack", length, index));
  }

  private ItemResult ask(
      List<PassageQuestion> group, List<Planted> planted, int length, int index, int cluster) {
    List<QuestionFile.Passage> passages =
        List.copyOf(PassageQuestions.byPassage(group).sequencedKeySet());
    Haystack haystack = haystack(group, planted, length, index);
    Asked answers = Asked.of(model, haystack.prompts(), settings.maxNewTokens());
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      int passage = passages.indexOf(group.get(i).passage());
      answered.add(
          PassageQuestions.answered(
              group.get(i).question(),
              planted.get(passage).depthPercent(),
              haystack.depthPercents().get(passage),
              haystack.prompts().get(i).length,
              answers.answer(i)));
    }
    return new ItemResult(
        TaskKind.QA_LONG, length, index, cluster, answers.modelTokens(), answered, List.of());
  }
}
