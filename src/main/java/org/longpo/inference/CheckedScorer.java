package org.longpo.inference;

import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;

/** A scorer that is held to its contract: one log-probability for every token that was asked. */
public final class CheckedScorer implements Scorer {
  private final Scorer scorer;

  private CheckedScorer(Scorer scorer) {
    this.scorer = scorer;
  }

  /** The same scorer, checked. */
  public static Scorer of(Scorer scorer) {
    return scorer instanceof CheckedScorer ? scorer : new CheckedScorer(scorer);
  }

  @Override
  public String name() {
    return scorer.name();
  }

  @Override
  public String fingerprint() {
    return scorer.fingerprint();
  }

  @Override
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    List<double[]> read = scorer.logProbs(sequences, starts);
    requireAll(sequences, starts, read);
    return read;
  }

  @Override
  public List<Scored> score(List<int[]> sequences, int[] starts) {
    List<Scored> read = scorer.score(sequences, starts);
    requireAll(sequences, starts, read.stream().map(Scored::logProbs).toList());
    return read;
  }

  private void requireAll(List<int[]> sequences, int[] starts, List<double[]> read) {
    if (read.size() != sequences.size()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "The scorer %s returned log-probabilities of %,d sequences for %,d; it must return"
                  + " those of each: use another scorer, or correct this one.",
              name(),
              read.size(),
              sequences.size()));
    }
    for (int i = 0; i < read.size(); i++) {
      int expected = sequences.get(i).length - starts[i];
      if (read.get(i).length != expected) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "The scorer %s returned %,d log-probabilities of %,d tokens of sequence %,d; it"
                    + " must return one for each: use another scorer, or correct this one.",
                name(),
                read.get(i).length,
                expected,
                i + 1));
      }
    }
  }
}
