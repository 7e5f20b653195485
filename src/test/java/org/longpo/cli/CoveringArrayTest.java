package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longpo.cli.CoveringArray.Choice;
import org.longpo.cli.CoveringArray.Factor;
import org.longpo.cli.CoveringArray.Meeting;

class CoveringArrayTest {
  private static final List<Factor> FACTORS =
      List.of(
          Factor.of("a", "0", "1", "2", "3"),
          Factor.of("b", "0", "1", "2"),
          Factor.of("c", "0", "1"),
          Factor.of("d", "0", "1"),
          Factor.of("e", "0", "1", "2"));

  @Test
  void shouldCoverEveryPairOfValuesInFarFewerRowsThanCombinations() {
    CoveringArray array = new CoveringArray(FACTORS, (first, second) -> false);
    List<Map<String, String>> rows = array.rows(1);
    // 4*3 + 4*2 + 4*2 + 4*3 + 3*2 + 3*2 + 3*3 + 2*2 + 2*3 + 2*3
    assertThat(array.possible()).hasSize(77);
    assertThat(met(array, rows)).containsAll(array.possible());
    // At least 4 * 3 of 144 are needed.
    assertThat(rows).hasSizeBetween(12, 20);
    assertThat(array.rows(1)).isEqualTo(rows);
  }

  @Test
  void shouldNeverPutTogetherWhatExcludesEachOther() {
    CoveringArray array =
        new CoveringArray(
            FACTORS,
            (first, second) ->
                first.equals(new Choice("a", "3")) && second.equals(new Choice("e", "2")));
    Set<Meeting> met = met(array, array.rows(1));
    assertThat(array.excluded())
        .containsExactly(new Meeting(new Choice("a", "3"), new Choice("e", "2")));
    assertThat(met).containsAll(array.possible()).doesNotContainAnyElementsOf(array.excluded());
  }

  static Set<Meeting> met(CoveringArray array, List<Map<String, String>> rows) {
    Set<Meeting> met = new HashSet<>();
    rows.forEach(row -> met.addAll(array.meetingsOf(row)));
    return met;
  }
}
