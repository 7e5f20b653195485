package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.NeedleWording;

class QuestionPromptTest {
  @Test
  void shouldLeavePlaceholdersInTextsAlone() {
    assertThat(new QuestionPrompt("<{context}|{question}>").message("{question}", "{context}"))
        .isEqualTo("<{question}|{context}>");
  }

  @Test
  void shouldRefuseWordingsWithoutTheirPlaceholders() {
    assertThatThrownBy(() -> new QuestionPrompt("{context}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{question} exactly once");
    assertThatThrownBy(() -> new QuestionPrompt("{question} {context}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{context} must come first");
    assertThatThrownBy(() -> new NeedleWording("{key}", "{key}?", QuestionPrompt.aboutNeedles()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{value}");
  }
}
