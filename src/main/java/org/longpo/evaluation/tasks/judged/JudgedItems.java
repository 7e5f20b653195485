package org.longpo.evaluation.tasks.judged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.evaluation.AnsweredQuestion;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptHash;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * Makes an item of every question: the model is asked turn by turn, each with the answers before
 * it; then the judge is asked about all turns at once.
 *
 * <p>All texts are greedy. FastChat draws answers at a temperature of each category (0 to 0.7),
 * LongBench-Chat at 1; both ask their judge at 0.
 *
 * @param scoring what the judge is asked, and what its texts are worth
 * @param mayTruncate whether samples say if their input was cut
 */
record JudgedItems(
    Prompts prompts,
    JudgePrompts judge,
    JudgeOptions options,
    Scoring scoring,
    boolean mayTruncate) {
  /** The share of inputs that were cut, for the metrics of a task. */
  static final Metric TRUNCATED = Metric.lowShare("truncated", "truncated inputs");

  /** What results of all judged tasks depend on. */
  static final Map<String, Object> SETTINGS = Map.of("decoding", "greedy");

  /** In place of an answer, to find out before any work whether it could be judged. */
  private static final String ANY_ANSWER = "?";

  /** What the judge is asked about each turn. */
  interface Scoring {
    /**
     * The requests about the last of some answers.
     *
     * @param index of the question
     */
    List<JudgeRequest> requests(JudgedQuestion question, int index, List<String> answers);

    /**
     * Values by name.
     *
     * @param judgments one for each request about the turn
     */
    Map<String, Double> values(JudgedQuestion question, int turn, List<String> judgments);
  }

  static JudgedItems of(
      TaskContext context, JudgeOptions options, Scoring scoring, boolean mayTruncate) {
    return new JudgedItems(
        context.prompts(),
        context.shared(JudgePrompts.class, () -> JudgePrompts.of(context.judgePrompts())),
        options,
        scoring,
        mayTruncate);
  }

  List<TaskItem> of(List<JudgedQuestion> questions) {
    return IntStream.range(0, questions.size())
        .mapToObj(index -> item(new Item(questions.get(index), index)))
        .toList();
  }

  private TaskItem item(Item item) {
    return new TaskItem(
        0,
        item.index(),
        item.question().tokens(options.answerTokens()),
        () -> check(item),
        () -> ask(item, List.of()));
  }

  private record Item(JudgedQuestion question, int index) {}

  /** What the model was asked in a turn, and its answer. */
  private record Turn(JudgedQuestion.Asked asked, Written answer) {}

  private static List<String> texts(List<Turn> turns) {
    return turns.stream().map(turn -> turn.answer().text()).toList();
  }

  private void check(Item item) {
    List<String> answers = new ArrayList<>();
    for (int turn = 0; turn < item.question().turns().size(); turn++) {
      item.question().ask(prompts, answers, options.answerTokens());
      answers.add(ANY_ANSWER);
      requests(item, answers);
    }
  }

  private List<Prompt> requests(Item item, List<String> answers) {
    return scoring.requests(item.question(), item.index(), answers).stream()
        .map(judge::of)
        .toList();
  }

  private Step ask(Item item, List<Turn> before) {
    if (before.size() == item.question().turns().size()) {
      return judge(item, before);
    }
    JudgedQuestion.Asked asked =
        item.question().ask(prompts, texts(before), options.answerTokens());
    return new Step.Write(
        List.of(asked.prompt()),
        WriteSettings.greedy(options.answerTokens()),
        written -> {
          List<Turn> turns = new ArrayList<>(before);
          turns.add(new Turn(asked, written.getFirst()));
          return ask(item, turns);
        });
  }

  private Step judge(Item item, List<Turn> turns) {
    List<String> answers = texts(turns);
    List<List<Prompt>> byTurn =
        IntStream.rangeClosed(1, turns.size())
            .mapToObj(number -> requests(item, answers.subList(0, number)))
            .toList();
    return new Step.Judge(
        byTurn.stream().flatMap(List::stream).toList(),
        WriteSettings.greedy(options.judgeTokens()),
        written -> new Step.Done(result(item, turns, byTurn, written)));
  }

  private ItemResult result(
      Item item, List<Turn> turns, List<List<Prompt>> byTurn, List<Written> written) {
    List<Sample> samples = new ArrayList<>();
    int from = 0;
    for (int turn = 0; turn < turns.size(); turn++) {
      int to = from + byTurn.get(turn).size();
      List<String> judgments = written.subList(from, to).stream().map(Written::text).toList();
      samples.add(sample(item.question(), turn, turns.get(turn), judgments));
      from = to;
    }
    return new ItemResult(0, item.index(), item.index(), samples);
  }

  private Sample sample(JudgedQuestion question, int number, Turn turn, List<String> judgments) {
    Map<String, Double> values = new HashMap<>(scoring.values(question, number, judgments));
    if (mayTruncate) {
      values.put(TRUNCATED.numerator(), turn.asked().isTruncated() ? 1.0 : 0.0);
    }
    Prompt prompt = turn.asked().prompt();
    return new Sample(
        question.slice(),
        PromptHash.of(prompt.tokens()),
        values,
        Optional.of(
            new AnsweredQuestion(
                prompt.length(),
                question.turns().get(number),
                question.reference(number).stream().toList(),
                turn.answer().text(),
                turn.answer().reasoning(),
                judgments)));
  }
}
