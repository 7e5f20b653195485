package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.NeedleWording;
import org.longpo.settings.ValueType;

class QuestionPromptTest {
  @Test
  void shouldLeavePlaceholdersInTextsAlone() {
    assertThat(new QuestionPrompt("<{context}|{question}>").message("{question}", "{context}"))
        .isEqualTo("<{question}|{context}>");
  }

  @Test
  void shouldBeWrittenOnOneLine() {
    ValueType<?> type = new QuestionPrompt.Type().create();
    QuestionPrompt prompt = new QuestionPrompt("{context}\n\n{question}");
    String written = type.show(prompt);
    assertThat(written).isEqualTo("{context}\\n\\n{question}");
    assertThat(type.parse(List.of(written)).orElseThrow()).isEqualTo(prompt);
    assertThat(type.parse(List.of("{question} {context}"))).isEmpty();
  }

  @Test
  void shouldRefuseWordingsWithoutTheirPlaceholders() {
    assertThatThrownBy(() -> new QuestionPrompt("{context}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{question} exactly once");
    assertThatThrownBy(() -> new QuestionPrompt("{question} {context}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{context} must come first");
    assertThatThrownBy(() -> new NeedleWording("{key}", "{key}?", NeedleWording.DEFAULTS.prompt()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("{value}");
  }
}
