package org.longpo.training;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;

/**
 * Which documents are trained on and which are held out.
 *
 * <p>All pieces of one source text are on the same side, so nothing is evaluated on a text that was
 * trained on. Which source texts are held out follows from their content and the seed: neither the
 * order of the documents nor an interruption matters.
 */
record DataSplit(TrainingData training, TrainingData heldOut) {
  /**
   * Splits the data.
   *
   * @throws UserError if nothing would be left to train on
   */
  static DataSplit of(TrainingData data, ValidationSettings settings, long seed) {
    int most = settings.heldOut(data.size());
    Set<String> heldOut = most == 0 ? Set.of() : chosen(data, most, seed);
    return new DataSplit(
        part(data, source -> !heldOut.contains(source)), part(data, heldOut::contains));
  }

  /**
   * What to tell the user, if documents are held out: how many, and whether these are far more than
   * the share, as whole texts easily are.
   */
  List<String> sentences(ValidationSettings settings) {
    if (heldOut.size() == 0) {
      return List.of();
    }
    int documents = training.size() + heldOut.size();
    int texts = pieces(heldOut).size();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "eval_share %s: %d of %d documents are held out for evaluation, all pieces of %d of %d source texts."
            .formatted(
                settings.evalShare(),
                heldOut.size(),
                documents,
                texts,
                texts + pieces(training).size()));
    double share = (double) heldOut.size() / documents;
    if (share > 2 * settings.evalShare()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "warning: %.1f %% of the documents are held out and not %s %%, because a source text"
                  + " is held out as a whole: give pairs of more texts, or eval_share 0.",
              100 * share,
              BigDecimal.valueOf(settings.evalShare())
                  .movePointRight(2)
                  .stripTrailingZeros()
                  .toPlainString()));
    }
    return sentences;
  }

  /**
   * Source texts in the order of their hashes with the seed, as long as their pieces are no more
   * than {@code most} together; if every text has more, the one with the fewest.
   */
  private static Set<String> chosen(TrainingData data, int most, long seed) {
    Map<String, Long> pieces = pieces(data);
    if (pieces.size() < 2) {
      throw new UserError(
          "eval_share holds out whole source texts, and all %d documents to train on are pieces of one: give pairs of several texts, or eval_share 0."
              .formatted(data.size()));
    }
    List<String> ranked =
        pieces.keySet().stream()
            .sorted(Comparator.comparing(source -> rank(source, seed)))
            .toList();
    Set<String> chosen = new HashSet<>();
    long left = most;
    for (String source : ranked) {
      long needed = count(pieces, source);
      if (needed <= left && chosen.size() < pieces.size() - 1) {
        chosen.add(source);
        left -= needed;
      }
    }
    return chosen.isEmpty()
        ? Set.of(
            ranked.stream()
                .min(Comparator.comparingLong(source -> count(pieces, source)))
                .orElseThrow())
        : chosen;
  }

  /** How many documents come from each source text. */
  private static Map<String, Long> pieces(TrainingData data) {
    return IntStream.range(0, data.size())
        .mapToObj(data::source)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static long count(Map<String, Long> pieces, String source) {
    return pieces.getOrDefault(source, 0L);
  }

  private static String rank(String source, long seed) {
    return Sha256.of(("held out " + seed + " " + source).getBytes(StandardCharsets.UTF_8));
  }

  private static TrainingData part(TrainingData data, Predicate<String> isWanted) {
    return new Part(
        data, IntStream.range(0, data.size()).filter(i -> isWanted.test(data.source(i))).toArray());
  }

  /** Some of the documents. */
  private static final class Part implements TrainingData {
    private final TrainingData all;
    private final int[] indices;

    Part(TrainingData all, int[] indices) {
      this.all = all;
      this.indices = indices;
    }

    @Override
    public int size() {
      return indices.length;
    }

    @Override
    public String id(int index) {
      return all.id(indices[index]);
    }

    @Override
    public String source(int index) {
      return all.source(indices[index]);
    }

    @Override
    public TrainingExample example(int index) {
      return all.example(indices[index]);
    }

    @Override
    public String sha256() {
      return all.sha256();
    }
  }
}
