package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthSearchTest {
  private final List<Integer> tried = new ArrayList<>();

  private int largest(int smallest, int limit, IntUnaryOperator tokens) {
    return new LengthSearch<Integer>(
            limit,
            size -> {
              tried.add(size);
              return size;
            },
            tokens::applyAsInt)
        .largest(smallest)
        .orElse(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 131_072, 1_048_576})
  void shouldFillALengthInFewTrials(int limit) {
    IntUnaryOperator tokens = size -> 250 + 23 * size;
    int size = largest(1, limit, tokens);
    assertThat(tokens.applyAsInt(size)).isBetween((int) (0.995 * limit), limit);
    assertThat(tried).hasSizeLessThanOrEqualTo(6);
    assertThat(tried.stream().filter(one -> tokens.applyAsInt(one) > limit / 4).count())
        .as("trials that cost much")
        .isLessThanOrEqualTo(3);
  }

  /** Real text has parts that are denser than others. */
  @ParameterizedTest
  @ValueSource(ints = {500, 4096, 131_072})
  void shouldFillALengthWithUnevenUnits(int limit) {
    IntUnaryOperator tokens =
        size -> 100 + 20 * size + (int) (30 * Math.sqrt(size) * Math.sin(size));
    int size = largest(1, limit, tokens);
    assertThat(tokens.applyAsInt(size)).isLessThanOrEqualTo(limit);
    assertThat(tokens.applyAsInt(size) > 0.995 * limit || tokens.applyAsInt(size + 1) > limit)
        .isTrue();
    assertThat(tried).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void shouldFindTheLastSizeThatFitsWhereUnitsAreLarge() {
    assertThat(largest(1, 1000, size -> 300 * size)).isEqualTo(3);
    assertThat(largest(1, 900, size -> 300 * size)).isEqualTo(3);
    assertThat(largest(3, 900, size -> 300 * size)).isEqualTo(3);
  }

  @Test
  void shouldFindNothingWhereTheSmallestIsTooLarge() {
    assertThat(largest(3, 899, size -> 300 * size)).isEqualTo(-1);
    assertThat(largest(3, -50, size -> 300 * size)).isEqualTo(-1);
    assertThat(tried).containsOnly(3);
  }

  /** Steps of different heights, as in lists whose common words are longer than others. */
  @Test
  void shouldEndWhereMoreUnitsHaveFewerTokens() {
    IntUnaryOperator tokens = size -> size % 2 == 0 ? 10 * size : 10 * size - 200;
    int size = largest(20, 5000, tokens);
    assertThat(tokens.applyAsInt(size)).isLessThanOrEqualTo(5000);
    assertThat(tried).doesNotHaveDuplicates();
  }
}
