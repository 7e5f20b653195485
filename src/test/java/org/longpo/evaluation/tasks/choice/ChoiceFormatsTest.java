package org.longpo.evaluation.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;

/** Rows in the benchmarks' own fields and in llm-foundry's, and what is wrong with others. */
class ChoiceFormatsTest {
  private static ChoiceQuestion question(String task, String json) {
    return ChoiceTests.task(task).question(ChoiceTests.row(json));
  }

  private static void requireSamePrompts(ChoiceQuestion one, ChoiceQuestion other) {
    assertThat(one.options())
        .extracting(ChoiceQuestion.Option::prompt)
        .isEqualTo(other.options().stream().map(ChoiceQuestion.Option::prompt).toList());
    assertThat(one.options())
        .extracting(ChoiceQuestion.Option::answer)
        .isEqualTo(other.options().stream().map(ChoiceQuestion.Option::answer).toList());
    assertThat(one.gold()).isEqualTo(other.gold());
  }

  @Test
  void shouldReadTheSameQuestionFromBothFormatsOfArc() {
    requireSamePrompts(
        question(
            "arc_challenge",
            """
            {"question": "What is ice?", "answerKey": "2",
             "choices": {"text": ["fire", "water"], "label": ["1", "2"]}}"""),
        question(
            "arc_challenge",
            """
            {"query": "Question: What is ice?", "choices": ["fire", "water"], "gold": 1}"""));
  }

  @Test
  void shouldReadTheSameQuestionFromBothFormatsOfPiqa() {
    ChoiceQuestion own =
        question(
            "piqa",
            "{\"goal\": \"Cool tea\", \"sol1\": \"wait\", \"sol2\": \"run\", \"label\": 0}");
    requireSamePrompts(
        own,
        question(
            "piqa",
            "{\"query\": \"Question: Cool tea\\n\", \"choices\": [\"wait\", \"run\"], \"gold\":"
                + " 0}"));
    assertThat(own.options().getFirst().prompt()).isEqualTo("Question: Cool tea\nAnswer:");
  }

  @Test
  void shouldReadTheSameQuestionFromBothFormatsOfWinoGrande() {
    ChoiceQuestion own =
        question(
            "winogrande",
            """
            {"sentence": "Ida saw Eva, so _ waved.", "option1": "Ida", "option2": "Eva",
             "answer": "1"}""");
    requireSamePrompts(
        own,
        question(
            "winogrande",
            """
            {"context_options": ["Ida saw Eva, so Ida", "Ida saw Eva, so Eva"],
             "continuation": "waved.", "gold": 0}"""));
    assertThat(own.right().shown()).isEqualTo("Ida");
  }

  @Test
  void shouldReadTheSameQuestionFromBothFormatsOfHellaSwag() {
    requireSamePrompts(
        question(
            "hellaswag",
            """
            {"activity_label": "Rowing", "ctx_a": "Two men sit down.", "ctx_b": "they ALL",
             "endings": ["[step] row.", "fly  off."], "label": "1"}"""),
        question(
            "hellaswag",
            """
            {"query": "Rowing: Two men sit down. They all", "choices": [" row.", "fly off."],
             "gold": 1}"""));
  }

  @ParameterizedTest
  @CsvSource({"'\"B\"'", "1", "'\"1\"'"})
  void shouldTakeLettersAndIndexesAsAnswersOfMmlu(String answer) {
    ChoiceQuestion question =
        question(
            "mmlu",
            "{\"question\": \" Why?\\n\", \"choices\": [\"a\", \"b\", \"c\", \"d\"], \"answer\": %s}"
                .formatted(answer));
    assertThat(question.gold()).isEqualTo(1);
    assertThat(question.options())
        .containsExactlyElementsOf(
            List.of("A", "B", "C", "D").stream()
                .map(
                    letter ->
                        ChoiceQuestion.Option.of("Why?\nA. a\nB. b\nC. c\nD. d\nAnswer:", letter))
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "arc_challenge | {\"question\": \"q\", \"answerKey\": \"A\"} | the field choices.text is"
            + " missing; the fields are question, answerKey",
        "arc_challenge | {\"question\": \"q\", \"choices\": {\"text\": [\"a\", \"b\"], \"label\":"
            + " [\"A\", \"B\"]}, \"answerKey\": \"E\"} | answerKey is E, which is none of the"
            + " labels A, B",
        "arc_challenge | {\"query\": \"q\", \"choices\": [\"a\", \"b\"], \"gold\": 2} | the right"
            + " option is number 2, counted from 0, but there are 2 options",
        "arc_challenge | {\"query\": \"q\", \"choices\": [\"a\"], \"gold\": 0} | at least two"
            + " options to choose from, but there is only one",
        "arc_challenge | {\"query\": \"q\", \"choices\": [], \"gold\": 0} | at least two options to"
            + " choose from, but there is none",
        "arc_challenge | {\"query\": \"q\", \"choices\": \"a\", \"gold\": 0} | choices: expected a"
            + " list of texts, but found \"a\"",
        "arc_challenge | {\"query\": \"q\", \"choices\": [\"a\", 2], \"gold\": 0} | choices:"
            + " expected text, but found 2",
        "arc_challenge | {\"query\": \"q\", \"choices\": [\"a\", \" \"], \"gold\": 0} | option"
            + " number 2 has no text",
        "piqa | {\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": null} | the field"
            + " label is missing",
        "piqa | {\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": \"one\"} | label:"
            + " expected the index of the right option, counted from 0, but found \"one\"",
        "piqa | {\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": -1} | the right"
            + " option is number -1",
        "winogrande | {\"sentence\": \"no gap\", \"option1\": \"a\", \"option2\": \"b\","
            + " \"answer\": \"1\"} | the sentence has no gap",
        "winogrande | {\"sentence\": \"all _\", \"option1\": \"a\", \"option2\": \"b\", \"answer\":"
            + " \"1\"} | option number 1 has no text",
        "winogrande | {\"sentence\": \"a _ b\", \"option1\": \"a\", \"option2\": \"b\", \"answer\":"
            + " \"\"} | answer is , which is none of the labels 1, 2",
        "mmlu | {\"question\": \"q\", \"choices\": [\"a\", \"b\", \"c\"], \"answer\": 0} | expected"
            + " four options, but found 3",
        "mmlu | {\"question\": \"q\", \"choices\": [\"a\", \"b\", \"c\", \"d\"], \"answer\": \"E\"}"
            + " | answer is E, which is none of the labels A, B, C, D",
        "mmlu | {\"question\": \"q\", \"choices\": [\"a\", \"b\", \"c\", \"d\"], \"answer\": \"\"}"
            + " | answer is , which is none of the labels A, B, C, D",
        "hellaswag | {\"activity_label\": \"a\", \"ctx_a\": \"b\", \"ctx_b\": \"c\", \"endings\":"
            + " [\"x\", \"[y]\"], \"label\": \"0\"} | option number 2 has no text",
      })
  void shouldNameFileLineAndFieldOfWhatIsWrong(String task, String json, String message) {
    assertThatThrownBy(() -> question(task, json))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("file.jsonl:7: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"he, He", "The Man From Oslo, The man from oslo", "'', ''", "éva, Éva", "ǆ X, ǅ x"})
  void shouldCapitaliseAsPythonDoes(String text, String expected) {
    assertThat(HellaSwagTask.capitalised(text)).isEqualTo(expected);
  }

  @Test
  void shouldCleanTextsOfHellaSwagAsTheHarness() {
    assertThat(HellaSwagTask.cleaned(" [header] How [title] Go.  [step] On \u00a0"))
        .isEqualTo(" How. Go.  On");
    assertThat(HellaSwagTask.cleaned("a [b\nc] d")).isEqualTo("a [b\nc] d");
    assertThat(HellaSwagTask.cleaned("a [b\rc] d")).isEqualTo("a d");
  }
}
