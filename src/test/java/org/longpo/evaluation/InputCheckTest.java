package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.TestTasks;
import org.longpo.evaluation.tasks.infinitebench.InfiniteBenchTask;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Conversation;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;
import org.longpo.text.Turn;

class InputCheckTest {
  private static final String HAYSTACK = Texts.sentences(200);
  private static final String HELD_OUT = Texts.sentences(60);
  private static final EvaluationInputs INPUTS =
      new EvaluationInputs(
          List.of(new SourceText("book.txt", HAYSTACK)),
          List.of(new SourceText("held-out.txt", HELD_OUT)),
          Optional.empty());

  private static final TaskSelection ALL = TaskSelection.of(TestTasks.FOUR, List.of());

  private final CountingPrompts counting = new CountingPrompts();

  private static EvaluationSettings settings(Integer... lengths) {
    return TestSettings.of(List.of(lengths), /* windowTokens= */ 50, /* maxWindows= */ 3);
  }

  private InputCheck check() {
    return new InputCheck(
        new TaskContext(counting), ALL, INPUTS, Progress.NONE, Cancellation.NEVER);
  }

  @Test
  void shouldCutTextsIntoTokensOnceForAllLengths() {
    InputCheck check = check();
    check.requireWithoutLengths(settings());
    for (int length : new int[] {150, 200, 300}) {
      check.requireLongContexts(settings(length));
    }
    assertThat(counting.characters)
        .isPositive()
        .isLessThanOrEqualTo(HAYSTACK.length() + HELD_OUT.length());
  }

  @Test
  void shouldRefuseALengthThatTheTextsDoNotFill() {
    InputCheck check = check();
    check.requireLongContexts(settings(150));
    assertThatThrownBy(() -> check.requireLongContexts(settings(100_000)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a context of 100,000 tokens needs");
  }

  @Test
  void shouldKnowWhetherContextsAreLong() {
    TaskSelection windows = TaskSelection.of(TestTasks.FOUR, List.of("bits-per-byte"));
    assertThat(
            new InputCheck(
                    new TaskContext(counting), windows, INPUTS, Progress.NONE, Cancellation.NEVER)
                .hasLongContexts())
        .isFalse();
    TaskSelection texts = TaskSelection.of(InfiniteBenchTask.ALL, List.of("infinitebench"));
    assertThat(texts.tasks()).hasSize(12);
    assertThat(
            new InputCheck(
                    new TaskContext(counting), texts, INPUTS, Progress.NONE, Cancellation.NEVER)
                .hasLongContexts())
        .isFalse();
    assertThat(check().hasLongContexts()).isTrue();
    assertThat(settings(150, 300).haystacks().withoutLengths().lengths()).isEmpty();
  }

  @Test
  void shouldLeaveNothingOfTheCheckToTheRun() {
    check().require(settings(150, 300), Set.of());
    int checked = counting.prompts;
    counting.prompts = 0;
    TaskContext context = new TaskContext(counting);
    for (PlannedTask task : ALL.plan(INPUTS, settings(150, 300))) {
      for (TaskItem item : task.plan().items().apply(context)) {
        assertThat(ItemBatch.run(counting.words.model(), List.of(item)).getFirst().samples())
            .isNotEmpty();
      }
    }
    assertThat(counting.prompts).as("every context is built once").isEqualTo(checked);
  }

  /** Counts what a tokenizer is given. */
  private static final class CountingPrompts implements Prompts {
    private final WordModel words = new WordModel(WordModel::readCode);
    private long characters;
    private int prompts;

    @Override
    public Prompt of(List<Message> messages) {
      prompts++;
      return words.of(messages);
    }

    @Override
    public Conversation conversation(List<Turn> turns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenSpans encode(String text) {
      characters += text.length();
      return words.encode(text);
    }

    @Override
    public OptionalInt beginToken() {
      return words.beginToken();
    }

    @Override
    public OptionalInt endToken() {
      return words.endToken();
    }
  }
}
