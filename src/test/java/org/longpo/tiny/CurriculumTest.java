package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.longpo.files.Json;

class CurriculumTest {
  @Test
  void shouldCopyUntilCopyingIsLearned() {
    Curriculum curriculum = Curriculum.start();
    for (int i = 0; i < 1000; i++) {
      curriculum = curriculum.afterCopies(5);
    }
    assertThat(curriculum.isCopying()).isTrue();
    for (int i = 0; i < 100 && curriculum.isCopying(); i++) {
      curriculum = curriculum.afterCopies(0.1);
    }
    assertThat(curriculum.isCopying()).isFalse();
  }

  @Test
  void shouldGrowPassagesOnlyOnceMostAnswersAreRight() {
    Curriculum curriculum = Curriculum.start();
    for (int i = 0; i < 100; i++) {
      curriculum = curriculum.afterPassages(7, 10);
    }
    assertThat(curriculum.length()).isEqualTo(Lessons.SHORTEST);
    for (int i = 0; i < 200; i++) {
      curriculum = curriculum.afterPassages(9, 10);
    }
    assertThat(curriculum.length()).isEqualTo(TinyShape.WINDOW);
  }

  @Test
  void shouldGoOnFromWhatWasSaved() {
    LearningState state =
        new LearningState(7, Curriculum.start().afterCopies(3).afterPassages(5, 10));
    assertThat(Json.parse(Json.pretty(state), LearningState.class, "state.json")).isEqualTo(state);
  }
}
