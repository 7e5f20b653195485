package org.longpo.evaluation.tasks.ruler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.TaskPlan;
import org.longpo.evaluation.tasks.ruler.RulerFixture.Made;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.settings.OptionRecords;

/** Files that RULER's own scripts wrote. */
class RulerFileTest {
  @TempDir Path folder;

  /** A line with all that the scripts write, {@code index} as {@code niah.py} writes it. */
  private static Map<String, Object> row(String name) {
    return new TreeMap<>(
        Map.of(
            "index", 1734,
            "input", "Some text.\nWhere is " + name + "?",
            "outputs", List.of(name + "'s house", "Ünter \"den\" Linden"),
            "length", 4001,
            "length_w_model_temp", 4001,
            "answer_prefix", " " + name + " is at",
            "token_position_answer", 3));
  }

  private static String lines(String... names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(Json.line(row(name))).append('\n');
    }
    return lines.toString();
  }

  private RulerFixture fixture() {
    return RulerFixture.of(new BenchmarkData(Optional.of(folder)), prompt -> "At ANNA'S HOUSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ruler/4096/", "ruler/4096/data/", "synthetic/4096/data/"})
  void shouldAskWhatTheFileAsks(String place) {
    RulerFixture.write(
        folder.resolve(place + "niah_multivalue/validation.jsonl"), lines("Anna", "Börje"));
    RulerFixture fixture = fixture();
    assertThat(fixture.made("niah-multivalue", 1, 4096))
        .extracting(Made::index, Made::input, Made::prefix, Made::answerTokens)
        .containsExactly(
            tuple(1, "Some text.\nWhere is Anna?", " Anna is at", 128),
            tuple(2, "Some text.\nWhere is Börje?", " Börje is at", 128));
    EvaluationSettings settings = RulerFixture.settings(1, 4096);
    assertThat(ItemBatch.run(fixture.model().model(), fixture.items("niah-multivalue", settings)))
        .extracting(result -> result.samples().getFirst().values().get("string_match_all"))
        .containsExactly(0.5, 0.0);
  }

  /** The number of the line is the id, also where blank lines come between. */
  @Test
  void shouldReadEveryLineByItself() {
    Path file = folder.resolve("ruler/4096/vt/validation.jsonl");
    RulerFixture.write(file, "\n" + lines("Anna") + " \r\n\n" + lines("Börje").strip());
    RulerFile read = RulerFile.open(file);
    assertThat(read.sha256()).isEqualTo(Sha256.of(file));
    assertThat(read.lines()).extracting(RulerFile.Line::number).containsExactly(2, 5);
    assertThat(read.lines().stream().map(read::sample))
        .extracting(RulerSample::question)
        .containsExactly("Where is Anna?", "Where is Börje?");
  }

  @ParameterizedTest
  @CsvSource({
    "index, a whole number",
    "input, a text",
    "outputs, a list of at least one text",
    "length, a whole number",
    "answer_prefix, a text"
  })
  void shouldNameFileLineAndFieldThatIsMissing(String field, String expected) {
    Map<String, Object> row = row("Börje");
    row.remove(field);
    Path file = folder.resolve("ruler/4096/vt/validation.jsonl");
    RulerFixture.write(file, lines("Anna") + Json.line(row) + "\n");
    assertThatThrownBy(
            () ->
                fixture().items("vt", RulerFixture.settings(1, 4096)).forEach(i -> i.check().run()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":2: the field " + field + " must be " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "\"Anna\"", "null"})
  void shouldRefuseReferencesThatAreNoTexts(String outputs) {
    Path file = folder.resolve("ruler/4096/vt/validation.jsonl");
    Map<String, Object> row = row("Anna");
    row.put("outputs", "@");
    RulerFixture.write(file, Json.line(row).replace("\"@\"", outputs));
    RulerFile read = RulerFile.open(file);
    assertThatThrownBy(() -> read.sample(read.lines().getFirst()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":1: the field outputs");
  }

  @Test
  void shouldRefuseFilesThatHoldNoSamples() {
    Path file = folder.resolve("validation.jsonl");
    RulerFixture.write(file, " \n\n");
    assertThatThrownBy(() -> RulerFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + " has no sample");
    RulerFixture.write(file, lines("Anna") + "{\"index\": 1");
    RulerFile torn = RulerFile.open(file);
    assertThatThrownBy(() -> torn.sample(torn.lines().getLast()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":2: ");
  }

  @Test
  void shouldGenerateTheLengthsThatHaveNoFile() {
    Path file = folder.resolve("ruler/4096/niah_single_2/validation.jsonl");
    RulerFixture.write(file, lines("Anna", "Börje"));
    EvaluationSettings settings =
        OptionRecords.with(RulerFixture.settings(1, 2000, 4096), "limit", Optional.of(1));
    assertThat(fixture().items("niah-single-2", settings).stream().map(RulerFixture::made))
        .extracting(Made::index, Made::prefix)
        .satisfies(made -> assertThat(made).hasSize(2))
        .satisfies(made -> assertThat(made.getLast().toList()).containsExactly(1, " Anna is at"));
    RulerTask task = RulerFixture.task("niah-single-2");
    RulerTask.Options options = OptionRecords.of(RulerTask.Options.class, Map.of());
    TaskPlan plan = task.plan(fixture().inputs(), settings, options);
    assertThat(plan.inputs())
        .containsEntry("samples of 4096 tokens", Sha256.of(file))
        .containsKey("haystack texts");
    EvaluationInputs noTexts =
        new EvaluationInputs(List.of(), List.of(), Optional.empty())
            .with(new BenchmarkData(Optional.of(folder)));
    assertThat(task.missing(noTexts, settings)).contains("haystack texts (--documents)");
    assertThat(task.missing(noTexts, RulerFixture.settings(1, 4096))).isEmpty();
    assertThat(task.missing(noTexts, RulerFixture.settings(1))).isNotEmpty();
  }
}
