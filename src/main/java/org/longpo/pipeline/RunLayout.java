package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import org.longpo.report.ReportData;
import org.longpo.training.TrainingFolder;

/** What the folder of a run holds, by name. */
public final class RunLayout {
  private static final String PAIRS = "pairs";
  private static final String EVALUATION = "evaluation";

  private RunLayout() {}

  /** The folder of {@code evolve} and of the demonstration. */
  public record Evolve(Path path) {
    /** Figures of the model that the first round starts from. */
    Path baseEvaluation() {
      return path.resolve("base").resolve(EVALUATION);
    }

    /** Figures of the same weights under the last round's position embedding. */
    Path ropeEvaluation() {
      return path.resolve("base-rope").resolve(EVALUATION);
    }

    /**
     * @param number from 1
     */
    Round round(int number, int lengthTokens) {
      return new Round(path.resolve("round-%d-%d".formatted(number, lengthTokens)));
    }

    /** The data of the page. */
    public Path reportData() {
      return path.resolve(ReportData.FILE);
    }

    /** The page for a browser, which grows with every round. */
    public Path reportPage() {
      return path.resolve("report.html");
    }
  }

  /** One round of {@code evolve}. */
  record Round(Path path) {
    Path pairs() {
      return path.resolve(PAIRS);
    }

    Path pairFile() {
      return new PairFolder(pairs()).pairFile();
    }

    TrainingFolder training() {
      return new TrainingFolder(path.resolve("training"));
    }

    Path evaluation() {
      return path.resolve(EVALUATION);
    }

    /** The manifest of the pairs that were trained on, for when the pairs were removed. */
    Path trainedPairs() {
      return path.resolve("trained-pairs.json");
    }

    /** Whether the pairs were removed after their training, to save space. */
    boolean arePairsGone() {
      return Files.exists(trainedPairs()) && !Files.exists(pairFile());
    }
  }

  /** The folder of {@code compare}. */
  public record Compare(Path path) {
    /** The figures of all objectives. */
    public Path comparison() {
      return path.resolve("comparison.json");
    }

    /** The pair file with the references that it lacked, if an objective needs them. */
    Path completedPairs() {
      return path.resolve(PAIRS);
    }

    /** Figures of the model that every objective starts from. */
    Path before() {
      return path.resolve("before.json");
    }

    TrainingFolder training(String objective) {
      return new TrainingFolder(path.resolve(objective));
    }

    /** Figures of the model that an objective trained. */
    Path after(String objective) {
      return path.resolve(objective).resolve("after.json");
    }
  }
}
