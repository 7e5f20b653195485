package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.SourceText;
import org.longpo.evaluation.tasks.ruler.QuestionSet.Format;
import org.longpo.evaluation.tasks.ruler.QuestionSet.Question;

/** Questions, words and texts that samples are made of. */
class RulerInputsTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [
        {"title": "A", "paragraphs": [
          {"context": "one", "qas": [
            {"question": "1?", "id": "x", "answers": [{"text": "a"}, {"text": "b"}]},
            {"question": "2?", "is_impossible": true, "answers": []}]},
          {"context": "two", "qas": []}]},
        {"title": "B", "paragraphs": [
          {"context": "one", "qas": [
            {"question": "3?", "is_impossible": false, "answers": [{"text": "c"}]}]}]}]}
      """;

  private static final String HOTPOT =
      """
      [{"_id": "x", "question": "1?", "answer": "yes", "level": "hard",
        "context": [["A", ["One.", " Two."]], ["B", []]]}]
      """;

  @TempDir Path folder;

  @Test
  void shouldReadParagraphsAsDocuments() {
    assertThat(QuestionSet.read(SQUAD, Format.SQUAD, "squad.json"))
        .isEqualTo(
            new QuestionSet(
                List.of("one", "two"),
                List.of(
                    new Question("1?", List.of("a", "b"), List.of(0), List.of(1)),
                    new Question("3?", List.of("c"), List.of(0), List.of()))));
  }

  @Test
  void shouldReadTitlesWithTheirSentencesAsDocuments() {
    assertThat(QuestionSet.read(HOTPOT, Format.HOTPOT, "hotpotqa.json"))
        .isEqualTo(
            new QuestionSet(
                List.of("A\nOne. Two.", "B\n"),
                List.of(new Question("1?", List.of("yes"), List.of(0, 1), List.of()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"context\": \"two\"|\"content\": \"two\"|data[0].paragraphs[1].context is missing",
        "\"3?\"|3|data[1].paragraphs[0].qas[0].question is missing or no text",
        "{\"text\": \"a\"}|\"a\"|data[0].paragraphs[0].qas[0].answers[0].text is missing",
        "[{\"text\": \"c\"}]|[]|data[1].paragraphs[0].qas[0] must have at least one answer",
        "\"data\"|\"dates\"|data is missing or no list"
      })
  void shouldNameThePlaceOfWhatIsMissing(String right, String wrong, String complaint) {
    assertThatThrownBy(
            () -> QuestionSet.read(SQUAD.replace(right, wrong), Format.SQUAD, "squad.json"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("squad.json." + complaint);
  }

  @Test
  void shouldRefuseFilesOfAnotherFormat() {
    assertThatThrownBy(() -> QuestionSet.read(SQUAD, Format.HOTPOT, "h.json"))
        .isInstanceOf(UserError.class)
        .hasMessage("h.json is missing or no list.");
    assertThatThrownBy(
            () -> QuestionSet.read(HOTPOT.replace("[\"B\", []]", "[\"B\"]"), Format.HOTPOT, "h"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("h[0].context[1] must be a list of a title");
    assertThatThrownBy(() -> QuestionSet.read("{\"data\": []}", Format.SQUAD, "s.json"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s.json has no question");
  }

  @Test
  void shouldTakeKeysAndListsFromTheUsersWords() {
    RulerFixture.write(folder.resolve("ruler/nounlist.txt"), "lamp\n\n house \n");
    RulerFixture.write(folder.resolve("ruler/adjectivelist.txt"), "blue\nred\n");
    RulerFixture.write(folder.resolve("ruler/verblist.txt"), "lamp\nrun");
    RulerWords words = RulerWords.of(new BenchmarkData(Optional.of(folder)));
    assertThat(words.all()).containsExactly("blue", "house", "lamp", "red", "run");
    Random random = new Random(1);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      keys.add(words.key(random, RulerWording.RULER.haystack().key()));
    }
    assertThat(keys).containsExactlyInAnyOrder("blue-lamp", "blue-house", "red-lamp", "red-house");
    assertThat(words.sha256()).hasSize(3);
    RulerFixture fixture = RulerFixture.of(new BenchmarkData(Optional.of(folder)), prompt -> "");
    assertThat(fixture.made("niah-single-1", 1, 500).getFirst().question())
        .matches(".* (blue|red)-(lamp|house) .*");
    // Five words are listed; the others of the list are made up.
    assertThat(fixture.made("cwe", 1, 2000).getFirst().input()).contains(". house ", ". run ");
  }

  @Test
  void shouldMakeWordsUpWithoutLists() {
    RulerWords words = RulerWords.of(BenchmarkData.NONE);
    assertThat(words.key(new Random(1), RulerWording.RULER.haystack().key()))
        .matches("([a-z]{6})-([a-z]{6})");
    assertThat(words.all()).isEmpty();
    List<String> distinct = MadeUpWords.distinct(5000, Set.of(), new Random(1));
    assertThat(distinct).hasSize(5000).doesNotHaveDuplicates();
    Set<String> without = Set.copyOf(distinct.subList(0, 10));
    assertThat(MadeUpWords.distinct(4990, without, new Random(1)))
        .isEqualTo(distinct.subList(10, 5000));
    assertThatThrownBy(() -> MadeUpWords.distinct(1_000_000, Set.of(), new Random(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("give a smaller length");
  }

  @Test
  void shouldRefuseSomeListsWithoutTheOthers() {
    RulerFixture.write(folder.resolve("ruler/nounlist.txt"), "lamp\n");
    BenchmarkData data = new BenchmarkData(Optional.of(folder));
    assertThatThrownBy(() -> RulerWords.of(data))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nounlist.txt, but not each of adjectivelist.txt, nounlist.txt");
    RulerFixture.write(folder.resolve("ruler/adjectivelist.txt"), "blue\n");
    RulerFixture.write(folder.resolve("ruler/verblist.txt"), " \n");
    assertThatThrownBy(() -> RulerWords.of(data))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("verblist.txt has no word");
  }

  @Test
  void shouldWriteTextsInOneLineAndBeginThemAgain() {
    Essay essay =
        new Essay(
            List.of(
                new SourceText("a.txt", "One is\n  here. Two\tis here.\n\n"),
                new SourceText("b.txt", " \n\nThree is here.")));
    assertThat(essay.first(5))
        .containsExactly(
            "One is here.", "Two is here.", "Three is here.", "One is here.", "Two is here.");
    assertThatThrownBy(() -> new Essay(List.of(new SourceText("a.txt", " "))).first(1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("have no sentence");
  }

  @Test
  void shouldSayWhichFilesQuestionsNeed() {
    EvaluationInputs inputs = new EvaluationInputs(List.of(), List.of(), Optional.empty());
    assertThat(RulerFixture.task("ruler-qa-2").missing(inputs, RulerFixture.settings(1, 4096)))
        .contains("its questions (hotpotqa.json or hotpot_dev_distractor_v1.json in --data DIR)");
    assertThat(RulerFixture.task("cwe").missing(inputs, RulerFixture.settings(1, 4096))).isEmpty();
  }
}
