package org.longpo.evaluation.tasks.judged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.TaskInfo;

/**
 * A judge rates every answer from 1 to 10. What gives no rating, or one outside of this scale, is
 * counted apart and not part of the mean; FastChat leaves out the former and takes the latter, and
 * LongBench-Chat asks up to five times and then has no result.
 */
final class GradingTask<O extends Record> extends JudgedTask<O> {
  private static final double LEAST = 1;
  private static final double MOST = 10;

  private static final String SCORE = "score";
  private static final String RATED = "rated";

  private static final Metric UNREADABLE =
      Metric.lowShare("parse_failures", "judgments without a rating from 1 to 10");

  private final TaskInfo info;

  GradingTask(JudgedBenchmark<O> benchmark) {
    super(benchmark);
    List<Metric> metrics = new ArrayList<>(List.of(mean("score", "score from 1 to 10", "")));
    metrics.add(UNREADABLE);
    for (int turn = 0; benchmark.turns() > 1 && turn < benchmark.turns(); turn++) {
      metrics.add(mean(ofTurn(turn) + SCORE, "score of turn " + (turn + 1), ofTurn(turn)));
    }
    if (benchmark.mayTruncate()) {
      metrics.add(JudgedItems.TRUNCATED);
    }
    info =
        new TaskInfo(
            benchmark.id(),
            /* version= */ 1,
            benchmark.name(),
            benchmark.name() + ", rated by a judge",
            benchmark.context(),
            new TaskInfo.Units("questions", "questions"),
            metrics);
  }

  private static Metric mean(String id, String label, String prefix) {
    return Metric.meanOf(id, label, Metric.Scale.NUMBER, prefix + SCORE, prefix + RATED);
  }

  private static String ofTurn(int turn) {
    return "turn_" + (turn + 1) + "_";
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public List<String> groups() {
    return List.of("judged", "paper");
  }

  @Override
  Judging judging(Supplier<List<JudgedQuestion>> questions, O options) {
    return new Judging(Map.of(), new Ratings(benchmark.turns()));
  }

  private record Ratings(int turns) implements JudgedItems.Scoring {
    @Override
    public List<JudgeRequest> requests(JudgedQuestion question, int index, List<String> answers) {
      return List.of(question.grading(answers));
    }

    @Override
    public Map<String, Double> values(JudgedQuestion question, int turn, List<String> judgments) {
      OptionalDouble found = question.rating(judgments.getFirst());
      boolean isRated =
          found.isPresent() && found.getAsDouble() >= LEAST && found.getAsDouble() <= MOST;
      double rated = isRated ? 1 : 0;
      double score = isRated ? found.getAsDouble() : 0;
      Map<String, Double> values = new HashMap<>();
      values.put(SCORE, score);
      values.put(RATED, rated);
      values.put(UNREADABLE.numerator(), 1 - rated);
      for (int other = 0; turns > 1 && other < turns; other++) {
        values.put(ofTurn(other) + SCORE, other == turn ? score : 0);
        values.put(ofTurn(other) + RATED, other == turn ? rated : 0);
      }
      return values;
    }
  }
}
