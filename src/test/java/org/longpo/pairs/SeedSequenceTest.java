package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedSequenceTest {
  /** Pinned: a change here changes every run that was ever made. */
  @Test
  void shouldDeriveTheSeedsOfEarlierRuns() {
    SeedSequence seeds = new SeedSequence(42);
    // First 16 hex digits of sha256sum over "42/0123456789abcdef/CHUNKS" and ".../3/CHOSEN_ANSWER".
    assertThat(seeds.forPiece("0123456789abcdef", SeedPurpose.CHUNKS))
        .isEqualTo(0x66c94893f913c724L);
    assertThat(seeds.forPair("0123456789abcdef", 3, SeedPurpose.CHOSEN_ANSWER))
        .isEqualTo(0xe660b5ed14ace4d3L);
    assertThat(SeedSequence.choose(List.of("a", "b", "c", "d"), 42)).isEqualTo("c");
  }

  @Test
  void shouldDeriveDifferentSeedsForEverything() {
    Set<Long> all = new HashSet<>();
    int count = 0;
    for (long run = -1; run < 2; run++) {
      SeedSequence seeds = new SeedSequence(run);
      for (String piece : List.of("a", "b", "1")) {
        for (SeedPurpose purpose : SeedPurpose.values()) {
          all.add(seeds.forPiece(piece, purpose));
          count++;
          for (int pair = 0; pair < 12; pair++) {
            all.add(seeds.forPair(piece, pair, purpose));
            count++;
          }
        }
      }
    }
    assertThat(all).hasSize(count);
  }

  @Test
  void shouldChooseEveryItemAboutEquallyOften() {
    int[] counts = new int[4];
    for (int pair = 0; pair < 4000; pair++) {
      long seed = new SeedSequence(1).forPair("a", pair, SeedPurpose.INSTRUCTION_CHOICE);
      counts[SeedSequence.choose(List.of(0, 1, 2, 3), seed)]++;
    }
    // 1,000 each; five standard deviations of a binomial count are 5 * sqrt(4000 * 3/16) = 137.
    for (int count : counts) {
      assertThat(count).isBetween(1000 - 137, 1000 + 137);
    }
  }
}
