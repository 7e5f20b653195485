package org.longpo.evaluation.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Scores of the same questions after trainings with several seeds, or differences of such scores:
 * seeds crossed with questions. The questions come in strata, such as a task at a length, all of
 * which count the same: the value is the mean over strata of their means.
 *
 * <p>Shape: scores [strata][seeds][questions of the stratum].
 */
public final class CrossedScores {
  private final double[][][] scores;

  private CrossedScores(double[][][] scores) {
    this.scores = scores;
  }

  /**
   * @param strata at least one; of each the scores of every question, for every seed
   * @throws IllegalArgumentException if there are none, or not the same seeds and questions
   */
  public static CrossedScores of(List<List<List<Double>>> strata) {
    double[][][] scores = new double[strata.size()][][];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          strata.get(i).stream()
              .map(ofSeed -> ofSeed.stream().mapToDouble(Double::doubleValue).toArray())
              .toArray(double[][]::new);
      int questions = scores[i].length == 0 ? 0 : scores[i][0].length;
      boolean isRectangle = Arrays.stream(scores[i]).allMatch(row -> row.length == questions);
      if (questions == 0 || !isRectangle || scores[i].length != scores[0].length) {
        throw new IllegalArgumentException("stratum " + i + " lacks seeds or questions");
      }
    }
    if (scores.length == 0) {
      throw new IllegalArgumentException("no strata");
    }
    return new CrossedScores(scores);
  }

  public int seeds() {
    return scores[0].length;
  }

  public double value() {
    return Arrays.stream(scores)
        .mapToDouble(stratum -> mean(Arrays.stream(stratum).mapToDouble(CrossedScores::mean)))
        .average()
        .orElseThrow();
  }

  /**
   * The standard error of {@link #value} over questions and seeds: the root of the sum of two
   * squared standard errors, that of a mean over questions (of the means over seeds, by stratum)
   * and that of a mean over seeds. It is a little too large rather than too small, as chance that
   * belongs to one seed and one question is in both (two-way clustering subtracts it: Cameron,
   * Gelbach and Miller 2011). Of a single seed it is over questions alone.
   *
   * @return empty if a stratum has a single question
   */
  public OptionalDouble standardError() {
    double ofQuestions = 0;
    for (double[][] stratum : scores) {
      if (stratum[0].length < 2) {
        return OptionalDouble.empty();
      }
      ofQuestions += squaredError(meansOverSeeds(stratum));
    }
    double ofSeeds = seeds() < 2 ? 0 : squaredError(meansOfSeeds());
    return OptionalDouble.of(Math.sqrt(ofQuestions / scores.length / scores.length + ofSeeds));
  }

  /**
   * These scores less others, question by question and seed by seed.
   *
   * @throws IllegalArgumentException if the others are not of as many strata, seeds and questions
   */
  public CrossedScores minus(CrossedScores other) {
    if (other.scores.length != scores.length || other.seeds() != seeds()) {
      throw new IllegalArgumentException("other strata or seeds");
    }
    double[][][] differences = new double[scores.length][seeds()][];
    for (int i = 0; i < scores.length; i++) {
      for (int seed = 0; seed < seeds(); seed++) {
        double[] one = scores[i][seed];
        double[] two = other.scores[i][seed];
        if (one.length != two.length) {
          throw new IllegalArgumentException("other questions in stratum " + i);
        }
        differences[i][seed] = new double[one.length];
        Arrays.setAll(differences[i][seed], question -> one[question] - two[question]);
      }
    }
    return new CrossedScores(differences);
  }

  int questions() {
    return Arrays.stream(scores).mapToInt(stratum -> stratum[0].length).sum();
  }

  /** Questions whose score is not 0 for all seeds. */
  int questionsOtherThanZero() {
    int count = 0;
    for (double[][] stratum : scores) {
      for (int question = 0; question < stratum[0].length; question++) {
        int place = question;
        count += Arrays.stream(stratum).anyMatch(ofSeed -> ofSeed[place] != 0) ? 1 : 0;
      }
    }
    return count;
  }

  /** The value of seeds, and of questions by stratum, that are drawn with replacement. */
  double redrawn(SplittableRandom random) {
    int[] seeds = new int[seeds()];
    PairedBootstrap.draw(seeds, random);
    double value = 0;
    for (double[][] stratum : scores) {
      int[] questions = new int[stratum[0].length];
      PairedBootstrap.draw(questions, random);
      double total = 0;
      for (int seed : seeds) {
        for (int question : questions) {
          total += stratum[seed][question];
        }
      }
      value += total / seeds.length / questions.length / scores.length;
    }
    return value;
  }

  private double[] meansOfSeeds() {
    double[] means = new double[seeds()];
    Arrays.setAll(
        means, seed -> mean(Arrays.stream(scores).mapToDouble(stratum -> mean(stratum[seed]))));
    return means;
  }

  private static double[] meansOverSeeds(double[][] stratum) {
    double[] means = new double[stratum[0].length];
    Arrays.setAll(
        means, question -> mean(Arrays.stream(stratum).mapToDouble(ofSeed -> ofSeed[question])));
    return means;
  }

  private static double squaredError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return squares / (values.length - 1) / values.length;
  }

  private static double mean(double[] values) {
    return mean(Arrays.stream(values));
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }
}
