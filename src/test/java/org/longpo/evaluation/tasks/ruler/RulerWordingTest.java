package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.tasks.ruler.RulerFixture.Made;

/** RULER's tasks in the words of a user's file. */
class RulerWordingTest {
  private static final String GERMAN =
      """
      noise: Das Gras ist grün.
      between: " / "
      needle: "{key} hat die Zahl {value}."
      key: "Herr {first}"
      needles_prompt: |-
        {context}
        Welche Zahl hat {query}?
      needles_answer: ""
      needles_answer_tokens: 7
      variables_prompt: "{context} Wer ist {query}?"
      variables_answer: " Es sind {num_v}:"
      variables_answer_tokens: 8
      common_words_prompt: "Was ist häufig in {context}?"
      common_words_answer: " Häufig sind:"
      common_words_answer_tokens: 9
      frequent_words_prompt: "Was ist oft in {context}?"
      frequent_words_answer: " Oft:"
      frequent_words_answer_tokens: 10
      questions_prompt: "{context} Frage: {query}"
      questions_answer: " Antwort:"
      questions_answer_tokens: 11
      document: "Text {number}."
      """;

  private static final int LENGTH = 2000;

  @TempDir Path folder;

  private RulerFixture fixture;

  @BeforeEach
  void write() {
    fixture = RulerFixture.withQuestions(folder);
  }

  private List<Made> made(String id, String wording) {
    Path file = folder.resolve("wording.yaml");
    RulerFixture.write(file, wording);
    return fixture
        .items(
            id,
            RulerFixture.settings(1, LENGTH),
            fixture.model(),
            Map.of("ruler_wording", Optional.of(file)))
        .stream()
        .map(RulerFixture::made)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("org.longpo.evaluation.tasks.ruler.RulerTasksTest#ids")
  void shouldHaveNoWordOfRulersOwn(String id) {
    for (Made sample : made(id, GERMAN)) {
      assertThat(sample.input() + sample.prefix())
          .doesNotContainPattern(
              "special|magic|grass|Memorize|Question|Document|Answer|words|variables|\\{\\w");
      assertThat(sample.tokens() + sample.answerTokens()).isBetween((int) (0.98 * LENGTH), LENGTH);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "niah-multiquery, '', 7",
    "niah-single-3, '', 7",
    "vt, ' Es sind 5:', 8",
    "cwe, ' Häufig sind:', 9",
    "fwe, ' Oft:', 10",
    "ruler-qa-1, ' Antwort:', 11",
    "ruler-qa-2, ' Antwort:', 11"
  })
  void shouldBeginAnswersAndLimitThemAsTheFileSays(String id, String prefix, int tokens) {
    assertThat(made(id, GERMAN))
        .allMatch(sample -> prefix.isEmpty() || sample.prefix().equals(prefix))
        .extracting(Made::answerTokens)
        .containsOnly(tokens);
  }

  @Test
  void shouldHideAndAskForNeedlesInTheFilesWords() {
    Pattern statement = Pattern.compile("(Herr \\w+) hat die Zahl (\\d{7})\\.");
    for (Made sample : made("niah-single-1", GERMAN)) {
      List<String> stated =
          statement.matcher(sample.input()).results().map(one -> one.group(1)).toList();
      assertThat(stated).hasSize(1);
      assertThat(sample.question()).isEqualTo("Welche Zahl hat " + stated.getFirst() + "?");
      assertThat(sample.input()).contains("Das Gras ist grün. / Das Gras ist grün.");
    }
  }

  @Test
  void shouldLetAnAnswerBeginWithNothing() {
    RulerSample sample = new RulerSample("a question", "", List.of("a"));
    assertThat(sample.prompt(fixture.model()).tokens())
        .isEqualTo(
            fixture.model().of(List.of(org.longpo.text.Message.user("a question"))).tokens());
  }

  @ParameterizedTest
  @MethodSource("org.longpo.evaluation.tasks.ruler.RulerTasksTest#ids")
  void shouldKeepRulersWordsWhereTheFileSaysNothing(String id) {
    assertThat(made(id, "")).isEqualTo(fixture.made(id, 1, LENGTH));
  }

  @Test
  void shouldNameFileAndLineOfWhatIsWrong() {
    Path file = folder.resolve("wording.yaml");
    assertThatThrownBy(() -> made("vt", "noise: x\nneedels_prompt: y"))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ":2: there is no setting needels_prompt; did you mean needles_prompt?");
    assertThatThrownBy(() -> made("vt", "needles_prompt: no context"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":1")
        .hasMessageContaining("a text with {context} and {query}, each once");
  }
}
