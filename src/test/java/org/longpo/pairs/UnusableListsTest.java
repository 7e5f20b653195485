package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longpo.progress.Progress;

class UnusableListsTest {
  private static final Optional<DropReason> UNPARSABLE =
      Optional.of(DropReason.UNPARSABLE_INSTRUCTIONS);

  private final List<String> said = new ArrayList<>();

  @Test
  void shouldSayAtOnceThatNoListOfTheFirstDozenCouldBeUsed() {
    UnusableLists lists = new UnusableLists(4, listening());
    for (int i = 1; i < UnusableLists.LOOKED_AT; i++) {
      lists.add(UNPARSABLE, "once upon a time");
    }
    assertThat(said).isEmpty();
    lists.add(UNPARSABLE, "there was\na girl");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("first 12 lists of 4", "--instructions or", "\"there was a girl\"");
    lists.add(UNPARSABLE, "and so on");
    assertThat(said).hasSize(1);
  }

  @Test
  void shouldAdviseAgainstTheMostFrequentReason() {
    UnusableLists lists = new UnusableLists(4, listening());
    lists.add(UNPARSABLE, "once upon a time");
    for (int i = 1; i < UnusableLists.LOOKED_AT; i++) {
      lists.add(Optional.of(DropReason.REASONING_NOT_ENDED), "I should");
    }
    assertThat(said)
        .singleElement()
        .asString()
        .contains(
            "11 x the model's reasoning did not reach an answer",
            "stop and raise --reasoning-tokens")
        .doesNotContain("--instructions-per-chunk");
  }

  @Test
  void shouldSayNothingWhereOneCouldBeRead() {
    UnusableLists lists = new UnusableLists(4, listening());
    lists.add(Optional.empty(), "1. Why?");
    for (int i = 0; i < 2 * UnusableLists.LOOKED_AT; i++) {
      lists.add(UNPARSABLE, "once upon a time");
    }
    assertThat(said).isEmpty();
  }

  private Progress listening() {
    return new Progress() {
      @Override
      public Task start(String what, String unit, long done, long total) {
        return NONE.start(what, unit, done, total);
      }

      @Override
      public void say(String message) {
        said.add(message);
      }
    };
  }
}
