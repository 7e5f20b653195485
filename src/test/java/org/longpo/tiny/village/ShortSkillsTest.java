package org.longpo.tiny.village;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longpo.tiny.village.skills.Arithmetic;
import org.longpo.tiny.village.skills.Repeating;
import org.longpo.tiny.village.skills.Reversing;
import org.longpo.tiny.village.skills.Series;
import org.longpo.tiny.village.skills.SortingNumbers;
import org.longpo.tiny.village.skills.SortingWords;

class ShortSkillsTest {
  @Test
  void shouldAcceptTheAnswerAndNothingElse() {
    for (ShortSkill skill : ShortSkills.ALL) {
      for (int seed = 0; seed < 100; seed++) {
        Question task = skill.draw(new Random(seed));
        assertThat(task.score(task.answer())).isEqualTo(1);
        assertThat(task.score(" " + task.answer() + "\n")).isEqualTo(1);
        assertThat(task.score(task.answer() + " lamp")).isZero();
        assertThat(skill.draw(new Random(seed))).isEqualTo(task);
      }
    }
  }

  /** Every answer is computed again from the task's text. */
  @Test
  void shouldHaveRightAnswers() {
    for (int seed = 0; seed < 100; seed++) {
      Question sum = new Arithmetic().draw(new Random(seed));
      String[] parts = sum.text().replaceAll("What is |\\?", "").split(" ");
      int one = Integer.parseInt(parts[0]);
      int other = Integer.parseInt(parts[2]);
      int result = parts[1].equals("+") ? one + other : one - other;
      assertThat(sum.answer()).isEqualTo("" + result);

      Question numbers = new SortingNumbers().draw(new Random(seed));
      assertThat(integers(numbers.answer()))
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(
              integers(numbers.text().replaceAll("Sort the numbers |\\.", "")));

      Question words = new SortingWords().draw(new Random(seed));
      assertThat(list(words.answer()))
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(
              list(words.text().replaceAll("Sort the words |\\.", "")));

      Question reverse = new Reversing().draw(new Random(seed));
      assertThat(list(reverse.answer()).reversed())
          .isEqualTo(list(reverse.text().replaceAll("Turn round the words |\\.", "")));

      Question repeat = new Repeating().draw(new Random(seed));
      String[] told = repeat.text().split(" ");
      assertThat(repeat.answer().split(" "))
          .hasSize(Integer.parseInt(told[2]))
          .containsOnly(told[1]);

      Question series = new Series().draw(new Random(seed));
      List<Integer> all =
          Stream.of(series.text().replace("Go on: ", ""), series.answer())
              .flatMap(text -> integers(text).stream())
              .toList();
      for (int i = 2; i < all.size(); i++) {
        assertThat(all.get(i) - all.get(i - 1)).isEqualTo(all.get(1) - all.get(0));
      }
    }
  }

  private static List<String> list(String text) {
    return Arrays.asList(text.split(", "));
  }

  private static List<Integer> integers(String text) {
    return list(text).stream().map(Integer::valueOf).toList();
  }
}
