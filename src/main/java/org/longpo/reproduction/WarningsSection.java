package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.longpo.reproduction.ArmRecord.Purpose;

/** What training warned of, such as a collapse. */
final class WarningsSection implements Section {
  private static final int MOST_CHARACTERS = 200;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Of a sentence that another one follows; "0.5" has none. */
  private static final Pattern END = Pattern.compile("(?<=[.!?]) ");

  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_<>\\[\\]|]");

  @Override
  public String title() {
    return "Warnings of training";
  }

  @Override
  public List<Block> blocks(Results results) {
    List<String> lines = new ArrayList<>();
    results.arms().forEach(arm -> lines.addAll(linesOf(results, arm)));
    boolean wasTrained = results.records().stream().anyMatch(record -> record.key().round() > 0);
    if (!wasTrained) {
      return List.of();
    }
    return List.of(lines.isEmpty() ? Text.of("None.") : new Text(lines));
  }

  private static List<String> linesOf(Results results, Arm arm) {
    List<String> lines = new ArrayList<>();
    for (ArmRecord record : results.records()) {
      ArmRecord.Key key = record.key();
      if (key.arm().equals(arm.id())) {
        for (String warning : record.training().warnings()) {
          lines.add(
              "- %s, round %d, seed %d%s: %s"
                  .formatted(
                      arm.name(),
                      key.round(),
                      key.seed(),
                      key.purpose() == Purpose.VALIDATION
                          ? ", learning rate %s tried"
                              .formatted(Figures.rate(record.learningRate()))
                          : "",
                      shortened(warning)));
        }
      }
    }
    return lines;
  }

  /** Its first sentence, on one line. */
  static String shortened(String warning) {
    String line = SPACE.matcher(warning.strip()).replaceAll(" ");
    String sentence = END.split(line, 2)[0];
    String text =
        sentence.length() <= MOST_CHARACTERS
            ? sentence
            : sentence.substring(0, MOST_CHARACTERS) + "...";
    return MARKUP.matcher(text).replaceAll("\\\\$0");
  }
}
