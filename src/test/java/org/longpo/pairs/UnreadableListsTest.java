package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.progress.Progress;

class UnreadableListsTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void shouldSayAtOnceThatNoListOfTheFirstDozenCouldBeRead() {
    UnreadableLists lists = new UnreadableLists(4, listening());
    for (int i = 1; i < UnreadableLists.LOOKED_AT; i++) {
      lists.add(false, "once upon a time");
    }
    assertThat(said).isEmpty();
    lists.add(false, "there was\na girl");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("first 12 lists of 4", "--instructions FILE", "\"there was a girl\"");
    lists.add(false, "and so on");
    assertThat(said).hasSize(1);
  }

  @Test
  void shouldSayNothingWhereOneCouldBeRead() {
    UnreadableLists lists = new UnreadableLists(4, listening());
    lists.add(true, "1. Why?");
    for (int i = 0; i < 2 * UnreadableLists.LOOKED_AT; i++) {
      lists.add(false, "once upon a time");
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
