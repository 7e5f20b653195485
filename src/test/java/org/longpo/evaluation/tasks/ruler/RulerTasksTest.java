package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.tasks.ruler.RulerFixture.Made;

/** What the tasks generate, for a tokenizer whose tokens are words. */
class RulerTasksTest {
  private static final Pattern STATEMENT =
      Pattern.compile("One of the special magic (\\w+) for (\\S+) is: (\\S+)\\.");

  @TempDir Path folder;

  private RulerFixture fixture;

  @BeforeEach
  void write() {
    fixture = RulerFixture.withQuestions(folder);
  }

  static Stream<String> ids() {
    return RulerTasks.ALL.stream().map(task -> task.info().id());
  }

  private static List<String> groups(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }

  private static Map<String, Integer> counts(Stream<String> words) {
    return words.collect(Collectors.toMap(word -> word, word -> 1, Integer::sum));
  }

  /**
   * Prompt and answer together. The search leaves half a per cent free; where a unit is more, up to
   * one unit is: the longest here is a document of 33 words, 1.7 % of the shortest length.
   */
  @ParameterizedTest
  @MethodSource("ids")
  void shouldFillEveryLengthWithoutPassingIt(String id) {
    for (int length : new int[] {2000, 4096, 20_000}) {
      List<Made> made = fixture.made(id, 1, length);
      assertThat(made).hasSize(RulerFixture.SAMPLES);
      for (Made sample : made) {
        assertThat(sample.tokens() + sample.answerTokens())
            .isBetween((int) (0.98 * length), length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void shouldMakeTheSameOfTheSameSeedAlone(String id) {
    List<Made> made = fixture.made(id, 1, 2000);
    assertThat(fixture.made(id, 1, 2000)).isEqualTo(made);
    assertThat(fixture.made(id, 2, 2000)).doesNotContainAnyElementsOf(made);
    assertThat(made).extracting(Made::input).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "niah-single-1, 128",
    "vt, 30",
    "cwe, 120",
    "fwe, 50",
    "ruler-qa-1, 32",
    "ruler-qa-2, 32"
  })
  void shouldLetAnswersHaveAsManyTokensAsTheOriginal(String id, int answerTokens) {
    assertThat(fixture.made(id, 1, 2000)).extracting(Made::answerTokens).containsOnly(answerTokens);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void shouldNameTheSmallestLength(String id) {
    TaskItem tooShort = fixture.items(id, RulerFixture.settings(1, 60)).getFirst();
    UserError error = catchThrowableOfType(UserError.class, tooShort.check()::run);
    assertThat(error).isNotNull();
    Matcher named =
        Pattern.compile(
                "A length of 60 tokens .* task " + id + ".* at least ([\\d,]+) \\(--lengths")
            .matcher(error.getMessage());
    assertThat(named.find()).as(error.getMessage()).isTrue();
    int least = Integer.parseInt(named.group(1).replace(",", ""));
    fixture.items(id, RulerFixture.settings(1, least)).forEach(item -> item.check().run());
    List<TaskItem> shorter = fixture.items(id, RulerFixture.settings(1, least - 1));
    assertThatThrownBy(() -> shorter.forEach(item -> item.check().run()))
        .hasMessageContaining("at least " + named.group(1));
  }

  /** Keys that are asked for, values of each, and statements about other keys. */
  @ParameterizedTest
  @CsvSource({
    "niah-single-1, number, 1, 1, 0",
    "niah-single-2, number, 1, 1, 0",
    "niah-single-3, uuid, 1, 1, 0",
    "niah-multikey-1, number, 1, 1, 3",
    "niah-multikey-2, number, 1, 1, -1",
    "niah-multikey-3, uuid, 1, 1, -1",
    "niah-multivalue, numbers, 1, 4, 0",
    "niah-multiquery, numbers, 4, 1, 0"
  })
  void shouldHideEachNeedleOnce(String id, String kind, int keys, int values, int others) {
    for (TaskItem item : fixture.items(id, RulerFixture.settings(1, 3000))) {
      Made made = RulerFixture.made(item);
      List<String> answers = made.outputs();
      assertThat(answers).hasSize(keys * values).doesNotHaveDuplicates();
      String query = groups(Pattern.compile(" for (.*) mentioned"), made.question(), 1).getFirst();
      List<String> asked = List.of(query.split(",? and |, ", -1));
      assertThat(asked).hasSize(keys).doesNotHaveDuplicates();
      List<MatchResult> stated = STATEMENT.matcher(made.input()).results().toList();
      assertThat(stated).extracting(match -> match.group(3)).doesNotHaveDuplicates();
      assertThat(stated.stream().filter(match -> asked.contains(match.group(2))))
          .extracting(match -> match.group(3))
          .containsExactlyInAnyOrderElementsOf(answers);
      if (others >= 0) {
        assertThat(stated).hasSize(keys * values + others);
      } else {
        assertThat(stated).hasSizeGreaterThan(100);
      }
      for (String answer : answers) {
        assertThat(made.input().split(Pattern.quote(answer), -1)).as(answer).hasSize(2);
      }
      assertThat(made.question())
          .startsWith(keys * values == 1 ? "What is the" : "What are all the");
      assertThat(made.prefix())
          .isEqualTo(
              " The special magic %s for %s mentioned in the provided text %s"
                  .formatted(kind, query, keys * values == 1 ? "is" : "are"));
    }
  }

  @Test
  void shouldHideNeedlesBetweenSentencesAndLines() {
    for (Made made : fixture.made("niah-multivalue", 1, 3000)) {
      String context = made.input().lines().skip(1).findFirst().orElseThrow();
      String rest = STATEMENT.matcher(context).replaceAll("@");
      assertThat(rest).matches("( ?@ ?)?(Sentence number \\d+ ends here\\.( @)* ?)+");
      List<String> numbers = groups(Pattern.compile("number (\\d+) ends"), context, 1);
      // The text begins again at its end, after sentence 399.
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(String.valueOf(i % 400));
      }
    }
    for (Made made : fixture.made("niah-single-1", 1, 3000)) {
      List<String> lines = made.input().lines().skip(1).toList();
      assertThat(lines.subList(0, lines.size() - 1))
          .allMatch(line -> line.equals(RulerWording.NOISE) || STATEMENT.matcher(line).matches());
    }
  }

  @Test
  void shouldHideAChainOfVariablesInItsOrder() {
    Pattern assigned = Pattern.compile("(?m)^VAR (\\w+) = (?:VAR )?(\\w+) ?$");
    for (TaskItem item : fixture.items("vt", RulerFixture.settings(1, 3000))) {
      Made made = RulerFixture.made(item);
      String[] parts = made.input().split("\n\nMemorize ", -1);
      assertThat(parts).hasSize(2);
      String own = parts[1];
      List<String> names = groups(assigned, own, 1);
      List<String> from = groups(assigned, own, 2);
      assertThat(made.outputs()).isEqualTo(names).hasSize(5).allMatch(n -> n.length() == 5);
      assertThat(from.subList(1, 5)).isEqualTo(names.subList(0, 4));
      assertThat(made.question())
          .isEqualTo(
              "Question: Find all variables that are assigned the value %s in the text above."
                  .formatted(from.getFirst()));
      String example = parts[0];
      assertThat(example).endsWith("they are:  " + String.join(" ", groups(assigned, example, 1)));
      // The example fills its 500 tokens up to one line.
      assertThat(example.split("\\s+")).hasSizeBetween(470, 505);
    }
  }

  @ParameterizedTest
  @CsvSource({"3000, 6, 1, 3, 1, 20", "5000, 30, 3, 10, 3, 40"})
  void shouldRepeatCommonWordsMoreOften(
      int length, int common, int others, int exampleCommon, int exampleOthers, int exampleWords) {
    for (TaskItem item : fixture.items("cwe", RulerFixture.settings(1, length))) {
      Made made = RulerFixture.made(item);
      List<String> lists =
          made.input().lines().filter(line -> line.matches("1\\. .* 2\\. .*")).toList();
      Map<String, Integer> counts = counts(words(lists.get(1)));
      List<String> answers = made.outputs();
      assertThat(answers).hasSize(10);
      counts.forEach(
          (word, count) ->
              assertThat(count).as(word).isEqualTo(answers.contains(word) ? common : others));
      Map<String, Integer> example = counts(words(lists.get(0)));
      assertThat(example).hasSize(exampleWords);
      List<String> solved =
          words(
                  made.input()
                      .lines()
                      .filter(line -> line.contains(" Answer: "))
                      .findFirst()
                      .orElseThrow()
                      .split("are:", -1)[1])
              .toList();
      assertThat(solved).hasSize(10);
      example.forEach(
          (word, count) ->
              assertThat(count)
                  .as(word)
                  .isEqualTo(solved.contains(word) ? exampleCommon : exampleOthers));
    }
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.strip().split(" ", -1)).filter(word -> !word.matches("\\d+\\."));
  }

  @Test
  void shouldAskForTheMostFrequentCodedWords() {
    for (TaskItem item : fixture.items("fwe", RulerFixture.settings(1, 5000))) {
      Made made = RulerFixture.made(item);
      String context = made.input().split("coded words\\. |\nQuestion", -1)[1];
      Map<String, Integer> counts = new HashMap<>(counts(Arrays.stream(context.split(" ", -1))));
      int dots = counts.getOrDefault("...", 0);
      counts.remove("...");
      List<String> ranked =
          counts.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .map(Map.Entry::getKey)
              .toList();
      assertThat(made.outputs()).isEqualTo(ranked.subList(0, 3)).allMatch(w -> w.length() == 6);
      // Zeta(2): the second stands a quarter as often as the first; counts are rounded down.
      assertThat(counts.get(ranked.getFirst())).isBetween(dots / 4 - 1, dots / 4 + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"ruler-qa-1, 1", "ruler-qa-2, 2"})
  void shouldAskAboutDocumentsThatAreThere(String id, int own) {
    for (Made made : fixture.made(id, 1, 2000)) {
      String fact = groups(Pattern.compile("What is (Fact\\d+)\\?"), made.question(), 1).getFirst();
      assertThat(made.input()).contains(fact + " is blue.");
      List<String> numbers = groups(Pattern.compile("(?m)^Document (\\d+):$"), made.input(), 1);
      assertThat(numbers).hasSizeGreaterThan(own);
      assertThat(numbers.getLast()).isEqualTo(String.valueOf(numbers.size()));
      assertThat(groups(Pattern.compile("(Fact\\d+) is"), made.input(), 1))
          .doesNotHaveDuplicates()
          .hasSameSizeAs(numbers);
      assertThat(made.prefix()).isEqualTo(" Answer:");
    }
  }

  @Test
  void shouldPutParagraphsOfTheSameArticleFirst() {
    for (Made made : fixture.made("ruler-qa-1", 1, 250)) {
      assertThat(made.input()).contains("Fact0 ", "Fact1 ", "Fact2 ").contains("Document 4:");
    }
  }

  @Test
  void shouldScoreByShareOrByAnyReference() {
    assertThat(value("niah-multivalue", prompt -> "")).isZero();
    assertThat(value("ruler-qa-1", prompt -> "It is BLUE.")).isEqualTo(1);
    assertThat(value("cwe", RulerTasksTest::firstListed)).isEqualTo(0.1);
  }

  /** One word of those that are asked for. */
  private static String firstListed(String prompt) {
    Map<String, Integer> counts =
        counts(
            words(
                prompt
                    .substring(prompt.lastIndexOf("often. 1. "))
                    .replaceAll("Question:.*", "")
                    .substring("often. ".length())));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private double value(String id, UnaryOperator<String> answer) {
    EvaluationSettings settings = RulerFixture.settings(1, 2000);
    RulerFixture answering = RulerFixture.of(fixture.inputs().data(), answer);
    Sample sample =
        ItemBatch.run(answering.model().model(), answering.items(id, settings))
            .getFirst()
            .samples()
            .getFirst();
    return sample.values().values().iterator().next();
  }
}
