package org.longpo.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.longpo.report.ReportData;
import org.longpo.training.TrainingFolder;

/** What the folder of a run holds, by name. */
public final class RunLayout {
  private static final String PAIRS = "pairs";
  private static final String EVALUATION = "evaluation";
  private static final Pattern ROUND = Pattern.compile("round-(\\d+)-\\d+");

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

    /** The rounds that have begun, the first one first. */
    List<Round> begunRounds() {
      try (Stream<Path> folders = Files.list(path)) {
        return folders
            .filter(folder -> ROUND.matcher(folder.getFileName().toString()).matches())
            .sorted(Comparator.comparingInt(RunLayout::number))
            .map(Round::new)
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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

  private static int number(Path round) {
    Matcher name = ROUND.matcher(round.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
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
