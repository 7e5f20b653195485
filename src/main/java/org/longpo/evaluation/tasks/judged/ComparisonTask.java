package org.longpo.evaluation.tasks.judged;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.scoring.JudgeVerdict;

/**
 * A judge compares every answer with that of another model, twice: as assistant A and as assistant
 * B. The model wins or loses where both judgments agree on it; what they do not agree on, and what
 * both call a tie, is a tie. Answers with a judgment that names no verdict are counted apart and
 * left out of the shares ({@code play_a_match_pair} of {@code fastchat/llm_judge/common.py} and
 * {@code display_result_pairwise} of {@code show_result.py}).
 */
final class ComparisonTask<O extends Record> extends JudgedTask<O> {
  private static final String COMPARED = "compared";

  private static final Metric WIN_RATE = share("win_rate_adjusted", "wins, ties as half a win");
  private static final Metric WINS = share("wins", "wins");
  private static final Metric TIES = share("ties", "ties");
  private static final Metric INCONSISTENT =
      share("inconsistent", "verdicts that depend on the order of the answers");
  private static final Metric UNREADABLE =
      Metric.lowShare("parse_failures", "answers with a judgment without a verdict");

  private final TaskInfo info;

  ComparisonTask(JudgedBenchmark<O> benchmark) {
    super(benchmark);
    List<Metric> metrics = new ArrayList<>(List.of(WIN_RATE, WINS, TIES, INCONSISTENT, UNREADABLE));
    if (benchmark.mayTruncate()) {
      metrics.add(JudgedItems.TRUNCATED);
    }
    info =
        new TaskInfo(
            benchmark.id() + "-pairwise",
            /* version= */ 1,
            benchmark.name() + ", compared with another model",
            benchmark.name() + ", compared with another model by a judge",
            benchmark.context(),
            new TaskInfo.Units("questions", "questions"),
            metrics);
  }

  private static Metric share(String id, String label) {
    return Metric.meanOf(id, label, Metric.Scale.PERCENT, id, COMPARED);
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public List<String> groups() {
    return List.of("pairwise");
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return super.missing(inputs, settings)
        .or(
            () ->
                against(settings.options().of(this)).isEmpty()
                    ? Optional.of(
                        "the answers of another model (--judge-against RUN, the folder of its"
                            + " evaluation with "
                            + benchmark.id()
                            + ")")
                    : Optional.empty());
  }

  private Optional<Path> against(O options) {
    return benchmark.judging(options).against();
  }

  @Override
  Judging judging(Supplier<List<JudgedQuestion>> questions, O options) {
    OtherAnswers other =
        OtherAnswers.read(against(options).orElseThrow(), benchmark.id(), questions.get());
    return new Judging(Map.of("answers of the other model", other.sha256()), new Verdicts(other));
  }

  private record Verdicts(OtherAnswers other) implements JudgedItems.Scoring {
    @Override
    public List<JudgeRequest> requests(JudgedQuestion question, int index, List<String> answers) {
      List<String> others = other.of(index).subList(0, answers.size());
      return List.of(question.comparison(answers, others), question.comparison(others, answers));
    }

    @Override
    public Map<String, Double> values(JudgedQuestion question, int turn, List<String> judgments) {
      Optional<JudgeVerdict> asA = JudgeVerdict.of(judgments.getFirst());
      Optional<JudgeVerdict> asB = JudgeVerdict.of(judgments.getLast());
      boolean isCompared = asA.isPresent() && asB.isPresent();
      boolean wins =
          asA.equals(Optional.of(JudgeVerdict.A)) && asB.equals(Optional.of(JudgeVerdict.B));
      boolean loses =
          asA.equals(Optional.of(JudgeVerdict.B)) && asB.equals(Optional.of(JudgeVerdict.A));
      boolean isTied = asA.equals(Optional.of(JudgeVerdict.TIE)) && asB.equals(asA);
      boolean ties = isCompared && !wins && !loses;
      return Map.of(
          WIN_RATE.numerator(),
          wins ? 1 : ties ? 0.5 : 0,
          WINS.numerator(),
          wins ? 1.0 : 0,
          TIES.numerator(),
          ties ? 1.0 : 0,
          INCONSISTENT.numerator(),
          ties && !isTied ? 1.0 : 0,
          COMPARED,
          isCompared ? 1.0 : 0,
          UNREADABLE.numerator(),
          isCompared ? 0.0 : 1);
    }
  }
}
