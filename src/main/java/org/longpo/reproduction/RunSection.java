package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.longpo.reproduction.ArmRecord.Purpose;

/** What was run, and how the figures of the page are computed. */
final class RunSection implements Section {
  private static final int FINGERPRINT_CHARACTERS = 12;

  @Override
  public String title() {
    return "What was run";
  }

  @Override
  public List<Block> blocks(Results results) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Text.of(
            "Made by `longpo reproduce`. Every figure of this page is computed from its records."));
    blocks.add(facts(results));
    blocks.add(rounds(results));
    blocks.add(
        Text.of(
            "The pairs of every round are written by LongPO's model of the round before, in the"
                + " first round by the base. All methods train on the same pairs, but for the"
                + " sweeps that change the pairs. All weights are trained. LongPO's lambda is not the"
                + " paper's: at margin 0 its preference pulls %s times as strongly as the NLL, which"
                    .formatted(Arms.PULL)
                + " is what the demonstration's model bears (docs/collapse.md); the paper's settings give %.0f,"
                    .formatted(Arms.PULL_OF_PAPER)
                + " which is one of the sweeps."));
    blocks.add(scores());
    return blocks;
  }

  private static Text facts(Results results) {
    ReproductionScale scale = results.scale();
    MarkdownTable table = new MarkdownTable(2, List.of("", ""));
    table.add(
        List.of(
            "base model",
            distinct(results, record -> shortened(record.origin().base()), "no record yet")));
    table.add(
        List.of("program", distinct(results, record -> record.origin().git(), "no record yet")));
    table.add(List.of("seeds", Trained.text(scale.seeds())));
    table.add(
        List.of(
            "learning rates to choose from",
            scale.rates().stream().map(Figures::rate).collect(Collectors.joining(", "))));
    questions(results).forEach((what, count) -> table.add(List.of(what, count)));
    return table.text();
  }

  private static String distinct(
      Results results, Function<ArmRecord, String> value, String otherwise) {
    TreeSet<String> values =
        results.records().stream().map(value).collect(Collectors.toCollection(TreeSet::new));
    return values.isEmpty()
        ? otherwise
        : values.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
  }

  private static String shortened(String fingerprint) {
    return fingerprint.substring(0, Math.min(fingerprint.length(), FINGERPRINT_CHARACTERS));
  }

  /** By length: "14 tasks, 8 questions each". */
  private static Map<String, String> questions(Results results) {
    Map<Integer, Map<String, Integer>> byLength = new TreeMap<>();
    for (ArmRecord record : results.records()) {
      if (record.key().purpose() == Purpose.TEST) {
        record
            .scores()
            .forEach(
                (name, scores) -> {
                  ScoreKey key = ScoreKey.parse(name);
                  byLength
                      .computeIfAbsent(key.length(), _ -> new TreeMap<>())
                      .put(key.task(), scores.size());
                });
      }
    }
    Map<String, String> rows = new LinkedHashMap<>();
    byLength.forEach(
        (length, tasks) ->
            rows.put(
                length == 0
                    ? "test of skills without a text"
                    : "test at %s tokens".formatted(Figures.count(length)),
                "%d tasks, %s questions each"
                    .formatted(tasks.size(), range(List.copyOf(tasks.values())))));
    return rows;
  }

  private static Text rounds(Results results) {
    MarkdownTable table =
        new MarkdownTable(
            0,
            List.of(
                "round",
                "tokens of a document",
                "documents to write pairs about",
                "documents trained on, by seed",
                "pairs trained on, by seed"));
    results
        .rounds()
        .forEach(
            round -> {
              Optional<Trained> trained = results.trained(Arms.LONGPO, round);
              table.add(
                  List.of(
                      Integer.toString(round),
                      Figures.count(results.lengthOf(round)),
                      Figures.count(results.scale().rounds().get(round - 1).documents()),
                      bySeed(trained, ArmRecord.Training::documents),
                      bySeed(trained, ArmRecord.Training::pairs)));
            });
    return table.text();
  }

  private static String bySeed(Optional<Trained> trained, ToIntFunction<ArmRecord.Training> count) {
    return trained
        .map(
            found ->
                found.bySeed().entrySet().stream()
                    .map(
                        entry ->
                            "%d: %s"
                                .formatted(
                                    entry.getKey(),
                                    Figures.count(count.applyAsInt(entry.getValue().training()))))
                    .collect(Collectors.joining("; ")))
        .orElse(Figures.NONE);
  }

  private static String range(List<Integer> counts) {
    int least = counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    int most = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
    return least == most ? Figures.count(least) : Figures.count(least) + " to " + most;
  }

  private static Text scores() {
    return Text.of(
        "- Scores are in %, differences in points of 100. The *long score* at a length is the mean"
            + " over the tasks about texts of that length of their scores, the *short score* the"
            + " mean over the skills without a text. %d tokens are the base's own window: what it"
                .formatted(Measure.WINDOW_TOKENS)
            + " knows there is to be kept.",
        "- ± is a standard error over questions and seeds: the root of the sum of the squared errors"
            + " of the mean over questions and of the mean over seeds. With one seed, and for the"
            + " base, it is over questions alone.",
        "- Differences are between models of the same seeds on the same questions, with a 95 %"
            + " interval and a two-sided p by the paired bootstrap: seeds and, within each task and"
            + " length, questions are drawn with replacement. Few seeds show little of how seeds"
            + " vary, and a single one nothing. p is not corrected for the number of comparisons.");
  }
}
