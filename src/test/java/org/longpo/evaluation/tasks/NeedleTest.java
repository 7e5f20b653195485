package org.longpo.evaluation.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.Seeds;

class NeedleTest {
  private static final Needle NEEDLE = new Needle("Tamoreki", "4829173");

  @Test
  void shouldFindValueAsWordOfItsOwn() {
    assertThat(NEEDLE.isFoundIn("4829173")).isTrue();
    assertThat(NEEDLE.isFoundIn("The code is 4829173.")).isTrue();
    assertThat(NEEDLE.isFoundIn("**4829173**")).isTrue();
    assertThat(NEEDLE.isFoundIn("48291734")).isFalse();
    assertThat(NEEDLE.isFoundIn("x4829173")).isFalse();
    assertThat(NEEDLE.isFoundIn("4,829,173")).isFalse();
    assertThat(NEEDLE.isFoundIn("")).isFalse();
  }

  @Test
  void shouldDrawDistinctNeedlesThatTextDoesNotHave() {
    Set<String> refused = new HashSet<>();
    List<Needle> needles =
        Needle.draw(
            50, Seeds.random(1, "needle"), words -> refused.size() < 10 && refused.add(words));
    assertThat(needles).extracting(Needle::key).doesNotHaveDuplicates();
    assertThat(needles)
        .extracting(Needle::value)
        .doesNotHaveDuplicates()
        .allMatch(v -> v.length() == 7);
    assertThat(needles).noneMatch(n -> refused.contains(n.key()) || refused.contains(n.value()));
  }

  @Test
  void shouldDrawBySeedAndPurpose() {
    assertThat(Seeds.random(1, "a", 2).nextLong()).isEqualTo(Seeds.random(1, "a", 2).nextLong());
    assertThat(Seeds.random(1, "a", 2).nextLong()).isNotEqualTo(Seeds.random(1, "a", 3).nextLong());
    assertThat(Seeds.random(1, "a", 2).nextLong()).isNotEqualTo(Seeds.random(1, "b", 2).nextLong());
  }
}
