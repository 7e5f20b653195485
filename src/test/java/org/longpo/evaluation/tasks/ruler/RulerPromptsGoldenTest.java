package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.evaluation.GoldenTexts;
import tools.jackson.databind.JsonNode;

/**
 * Samples of the original scripts taken apart: what they drew, composed by our code, must be the
 * same text again ({@code references/make_ruler_golden.py}).
 */
class RulerPromptsGoldenTest {
  private static final JsonNode GOLDEN = GoldenTexts.read("tasks/ruler_prompts_golden.json");

  private static final Pattern STATEMENT =
      Pattern.compile("One of the special magic \\w+ for (\\S+) is: (\\S+)\\.");
  private static final Pattern ASSIGNED = Pattern.compile("(?m)^VAR (\\w+) = (?:VAR )?(\\w+) ?$");

  private static JsonNode row(String task) {
    return GoldenTexts.rows(GOLDEN).stream()
        .filter(row -> row.path("task").asString().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String task) {
    return row(task).path("text").asString();
  }

  private static List<String> answers(String task) {
    return texts(row(task).path("answers"));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static void assertSame(RulerSample sample, String task) {
    assertThat(sample.input() + sample.answerPrefix()).isEqualTo(text(task));
    assertThat(sample.outputs()).isEqualTo(answers(task));
  }

  /** For every hidden line the number of others before it. */
  private static List<Integer> places(List<String> lines, List<String> hidden) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < hidden.size(); i++) {
      places.add(lines.indexOf(hidden.get(i)) - i);
    }
    return places;
  }

  @ParameterizedTest
  @CsvSource({
    "niah_single_1, NUMBERS",
    "niah_single_2, NUMBERS",
    "niah_single_3, UUIDS",
    "niah_multikey_1, NUMBERS",
    "niah_multikey_2, NUMBERS",
    "niah_multikey_3, UUIDS",
    "niah_multivalue, NUMBERS",
    "niah_multiquery, NUMBERS"
  })
  void shouldComposeNeedles(String task, NeedleName value) {
    JsonNode row = row(task);
    List<MatchResult> stated = STATEMENT.matcher(text(task)).results().toList();
    Map<String, String> keys =
        stated.stream().collect(Collectors.toMap(one -> one.group(2), one -> one.group(1)));
    List<String> asked = answers(task).stream().map(keys::get).distinct().toList();
    List<String> lines = text(task).lines().toList();
    String context;
    if (row.path("depths").isEmpty()) {
      List<String> body = lines.subList(1, lines.size() - 1);
      List<String> hidden =
          stated.stream()
              .filter(one -> asked.contains(one.group(1)))
              .map(MatchResult::group)
              .toList();
      List<String> others = body.stream().filter(line -> !hidden.contains(line)).toList();
      context = String.join("\n", ContextLines.hide(others, hidden, places(body, hidden)));
    } else {
      List<Integer> depths =
          StreamSupport.stream(row.path("depths").spliterator(), false)
              .map(JsonNode::asInt)
              .toList();
      context =
          ContextLines.hideInText(
              texts(GOLDEN.path("sentences")).subList(0, 40),
              stated.stream().map(MatchResult::group).toList(),
              depths);
    }
    boolean singular = answers(task).size() == 1;
    Map<String, String> values =
        Map.of(
            "context",
            context,
            "query",
            NeedleRecipe.query(asked),
            "type_needle_v",
            singular ? value.singular() : value.plural());
    assertSame(
        singular
            ? RulerKind.NEEDLES.own().singularSample(values, answers(task))
            : RulerKind.NEEDLES.own().sample(values, answers(task)),
        task);
  }

  @Test
  void shouldComposeChainsOfVariables() {
    int border = text("vt").indexOf("Memorize", 1);
    RulerSample example = chain(text("vt").substring(0, border));
    assertSame(chain(text("vt").substring(border)).after(VariableRecipe.solved(example)), "vt");
  }

  private static RulerSample chain(String text) {
    List<MatchResult> assigned = ASSIGNED.matcher(text).results().toList();
    List<String> names = assigned.stream().map(one -> one.group(1)).toList();
    List<String> body =
        text.lines().skip(2).takeWhile(line -> !line.startsWith("Question")).toList();
    VariableRecipe.Chain chain = new VariableRecipe.Chain(assigned.getFirst().group(2), names);
    return chain.among(RulerWording.RULER, body.size() - names.size(), places(body, chain.lines()));
  }

  @Test
  void shouldComposeListsOfCommonWords() {
    List<List<String>> lists =
        text("cwe").lines().filter(line -> line.startsWith("1. ")).map(this::words).toList();
    List<String> solved = words(text("cwe").lines().toList().get(2).split("are: ", -1)[1]);
    RulerSample example =
        CommonWordRecipe.asked(RulerKind.COMMON_WORDS.own(), lists.get(0), solved);
    assertSame(
        CommonWordRecipe.asked(RulerKind.COMMON_WORDS.own(), lists.get(1), answers("cwe"))
            .after(CommonWordRecipe.solved(example)),
        "cwe");
  }

  private List<String> words(String numbered) {
    return Arrays.stream(numbered.split(" ", -1)).filter(word -> !word.matches("\\d+\\.")).toList();
  }

  @Test
  void shouldComposeTextsOfCodedWords() {
    String context = text("fwe").split("coded words\\. |\nQuestion:", -1)[1];
    assertSame(
        FrequentWordRecipe.asked(
            RulerKind.FREQUENT_WORDS.own(), List.of(context.split(" ", -1)), answers("fwe")),
        "fwe");
  }

  @Test
  void shouldRepeatCodedWordsAsOften() {
    assertThat(GOLDEN.path("counts").size()).isPositive();
    for (JsonNode row : GOLDEN.path("counts")) {
      int[] counts = FrequentWordRecipe.counts(row.path("words").asInt(), row.path("size").asInt());
      assertThat(Arrays.stream(counts).filter(count -> count > 0).boxed().toList())
          .isEqualTo(
              IntStream.range(0, row.path("counts").size())
                  .mapToObj(i -> row.path("counts").get(i).asInt())
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qa_1", "qa_2"})
  void shouldComposeQuestionsAfterDocuments(String task) {
    String given = text(task).split("given documents\\.\n\n", -1)[1];
    String context = given.substring(0, given.indexOf("\n\nAnswer the question"));
    List<String> documents =
        List.of(context.substring("Document 1:\n".length()).split("\n\nDocument \\d+:\n", -1));
    assertThat(documents).hasSizeGreaterThan(5);
    String question = text(task).split("\n\nQuestion: | Answer:", -1)[1];
    assertSame(QuestionRecipe.asked(RulerWording.RULER, documents, question, answers(task)), task);
  }
}
