package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.checkpoint.FiniteValues;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.cli.CoveringArray.Choice;
import org.longpo.cli.CoveringArray.Factor;
import org.longpo.cli.CoveringArray.Meeting;
import org.longpo.files.AtomicFile;
import org.longpo.objective.Objectives;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.WrittenValue;
import org.longpo.training.TrainingSettings;

/**
 * Every two values of the options of {@code train} and {@code compare} in one run: it ends with a
 * finite result, twice, or is refused before anything is spent on it.
 */
class OptionPairsTest {
  /** Stands for an option that is not given. */
  private static final String UNSET = "-";

  private static final String COMMAND = "command";
  private static final String COMPARE = "compare ";

  /** The command that takes the longest. */
  private static final String ALL = "compare longpo,dpo,simpo,orpo,sft,solopo,opsdl";

  private static final Schema SCHEMA = Schema.of(Objectives.ALL, TrainingSettings.class);

  private static final List<Factor> FACTORS =
      List.of(
          Factor.of(
              COMMAND,
              "train longpo",
              "train dpo",
              "train ipo",
              "train simpo",
              "train orpo",
              "train sft",
              "train solopo",
              "train distill",
              "train opsdl",
              "compare longpo,dpo",
              "compare simpo,orpo",
              "compare sft,distill,ipo",
              ALL),
          Factor.of("lora_r", UNSET, "2"),
          Factor.of("eval_share", UNSET, "0.4"),
          Factor.of("layout", "tree", "chain"),
          Factor.of("max_length", UNSET, "235"),
          Factor.of("over_length", "truncate-document", "drop", "error"),
          Factor.of("optim", "adamw", "rmsprop"),
          Factor.of("learning_rate", "1e-3", "5e-3"),
          Factor.of("lr_scheduler_type", "cosine", "linear", "constant", "constant_with_warmup"),
          Factor.of("warmup_ratio", UNSET, "0", "1"),
          Factor.of("weight_decay", UNSET, "0.1"),
          Factor.of("max_grad_norm", UNSET, "0"),
          Factor.of("num_train_epochs", "3", "2"),
          Factor.of("gradient_accumulation_steps", "1", "2"),
          Factor.of("save_steps", UNSET, "1"),
          Factor.of("logging_steps", UNSET, "4"),
          Factor.of("max_skipped_steps", UNSET, "1"),
          Factor.of("collapse_steps", UNSET, "2"),
          Factor.of("collapse_kl", UNSET, "0.1"),
          Factor.of("stop_on_collapse", UNSET, "true"),
          Factor.of("lora_alpha", UNSET, "3"),
          Factor.of("lora_target_modules", UNSET, "q_proj,down_proj"),
          Factor.of("merge_adapter", UNSET, "true", "false"),
          Factor.of("freeze", UNSET, "*.layers.0.*"),
          Factor.of("eval_steps", UNSET, "2"),
          Factor.of("load_best_model_at_end", UNSET, "true"),
          Factor.of("offload_optimizer", UNSET, "true"),
          Factor.of("deterministic", UNSET, "true"),
          Factor.of("beta", UNSET, "0.5"),
          Factor.of("lambda", UNSET, "0.2"),
          Factor.of("sigmoid", UNSET, "joint"),
          Factor.of("nll_span", UNSET, "response", "none"),
          Factor.of("reference_input", UNSET, "long"),
          Factor.of("label_smoothing", UNSET, "0.1"),
          Factor.of("gamma", UNSET, "0.5"),
          Factor.of("response", UNSET, "rejected"),
          Factor.of("constraint_weight", UNSET, "0.1"),
          Factor.of("preference", UNSET, "simpo", "orpo"),
          Factor.of("alpha", UNSET, "2"),
          Factor.of("sample_every", UNSET, "1"),
          Factor.of("sample_tokens", UNSET, "5"),
          Factor.of("sample_temperature", UNSET, "0"),
          Factor.of("sample_top_p", UNSET, "0.5"),
          Factor.of("rope_theta", UNSET, "30000"),
          Factor.of("rope_scaling", UNSET, "rope_type=linear,factor=2"),
          Factor.of("dtype", UNSET, "bfloat16", "float64"),
          Factor.of("seed", UNSET, "7"));

  private static final CoveringArray ARRAY = new CoveringArray(FACTORS, OptionPairsTest::excludes);
  private static final List<Map<String, String>> ROWS = ARRAY.rows(/* seed= */ 3);

  @TempDir static Path world;

  @BeforeAll
  static void makePairs() throws IOException {
    TinyWorld.writePairs(world, 3, "--length", "200", "--reference-long");
    Files.move(world.resolve("pairs"), world.resolve("pairs-with-reference"));
    AtomicFile.deleteRecursively(world.resolve("model"));
    AtomicFile.deleteRecursively(world.resolve("documents"));
    TinyWorld.writePairs(world, 3, "--length", "200");
  }

  /** In every build the first row of every command but the longest; all with the slow tests. */
  static Stream<Map<String, String>> first() {
    Set<String> commands = new HashSet<>(Set.of(ALL));
    return ROWS.stream().filter(row -> commands.add(row.getOrDefault(COMMAND, "")));
  }

  static Stream<Map<String, String>> others() {
    Set<Map<String, String>> first = first().collect(Collectors.toSet());
    return ROWS.stream().filter(row -> !first.contains(row));
  }

  @ParameterizedTest
  @MethodSource("first")
  void shouldEndFiniteOrBeRefusedBeforeItStarts(Map<String, String> row) {
    check(row);
  }

  @ParameterizedTest
  @MethodSource("others")
  @Tag("slow")
  void shouldEndFiniteOrBeRefusedBeforeItStartsInAllPairs(Map<String, String> row) {
    check(row);
  }

  @Test
  void shouldHaveEveryOptionAmongItsFactors() {
    Set<String> names = new HashSet<>();
    FACTORS.forEach(factor -> names.add(factor.name()));
    SCHEMA.without("objective").keys().forEach(key -> assertThat(names).contains(key.name()));
    assertThat(CoveringArrayTest.met(ARRAY, ROWS)).containsAll(ARRAY.possible());
    assertThat(ROWS).hasSizeLessThan(75);
  }

  /** Two values that exclude each other are refused by name, and nothing is written. */
  @Test
  void shouldRefuseTwoValuesThatExcludeEachOther() {
    Set<String> seen = new HashSet<>();
    for (Meeting meeting : ARRAY.excluded()) {
      // One of each kind is enough: the values of an option are refused alike.
      if (seen.add(meeting.first() + " " + meeting.second().factor())) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put(COMMAND, "train longpo");
        row.put("gradient_accumulation_steps", "1");
        if (!meeting.first().equals(new Choice("lora_r", UNSET))) {
          row.put("lora_r", meeting.second().factor().equals("merge_adapter") ? "2" : UNSET);
        }
        row.put(meeting.first().factor(), meeting.first().value());
        row.put(meeting.second().factor(), meeting.second().value());
        KilledProcess.Result result = KilledProcess.inProcess(command(row, run(row)));
        assertThat(result.exitCode()).as(row + " " + result.err()).isEqualTo(2);
        assertThat(result.err()).doesNotContain("\tat ");
        assertThat(run(row)).as(row.toString()).doesNotExist();
      }
    }
  }

  /** Options that contradict each other: these are refused. */
  private static boolean excludes(Choice first, Choice second) {
    boolean isSecondGiven = !second.value().equals(UNSET);
    return switch (first.factor()) {
      case COMMAND ->
          isSecondGiven && excludes(first.value(), second)
              || second.equals(new Choice("nll_span", "none")) && first.value().equals("train sft")
              || second.equals(new Choice("layout", "chain"))
                  && Stream.of("dpo", "ipo", "opsdl").anyMatch(first.value()::contains);
      case "lora_r" ->
          first.value().equals(UNSET)
              && isSecondGiven
              && Set.of("lora_alpha", "lora_target_modules", "merge_adapter")
                  .contains(second.factor());
      case "eval_share" ->
          first.value().equals(UNSET)
              && isSecondGiven
              && Set.of("eval_steps", "load_best_model_at_end").contains(second.factor());
      // The pairs of one document follow each other, references were read and samples are drawn
      // without that.
      case "layout" ->
          first.value().equals("chain")
              && (second.equals(new Choice("reference_input", "long"))
                  || second.equals(new Choice("label_smoothing", "0.1"))
                  || isSecondGiven && second.factor().startsWith("sample_"));
      default -> false;
    };
  }

  private static boolean excludes(String command, Choice given) {
    if (given.equals(new Choice("merge_adapter", "false"))) {
      return command.startsWith(COMPARE);
    }
    return SCHEMA.sections().stream()
            .filter(section -> section.title().equals("Objective"))
            .flatMap(section -> section.keys().stream())
            .anyMatch(key -> key.name().equals(given.factor()))
        && objectives(command).noneMatch(name -> hasSetting(name, given.factor()));
  }

  private static Stream<String> objectives(String command) {
    return Stream.of(command.substring(command.indexOf(' ') + 1).split(","));
  }

  private static boolean hasSetting(String objective, String setting) {
    WrittenValue name = new WrittenValue(List.of(objective), new WrittenValue.Origin.AsFlag());
    return new OptionValues(SCHEMA, Map.of(), Map.of("objective", name))
        .read(
            TrainingSettings.class, SuppliedValues.of("lengthTokens", 200).with("answerTokens", 24))
        .byName()
        .containsKey(setting);
  }

  private static void check(Map<String, String> row) {
    Path run = run(row);
    List<String> command = command(row, run);
    KilledProcess.Result result = KilledProcess.inProcess(command);
    assertThat(result.err()).as(command.toString()).doesNotContain("\tat ");
    if (result.exitCode() == 2 && Files.exists(run)) {
      // Only training can find this out: no step was better than none.
      assertThat(row.get("load_best_model_at_end")).as(result.err()).isEqualTo("true");
      assertThat(result.err()).contains("changed no weight");
    } else if (result.exitCode() != 2) {
      assertThat(result.exitCode()).as(command + "\n" + result.err()).isZero();
      assertThat(result.out()).doesNotContain("NaN", "Infinity");
      Map<String, String> bytes = KilledProcess.bytes(run);
      requireFinite(run, bytes.keySet());
      KilledProcess.Result again = KilledProcess.inProcess(command);
      assertThat(again.exitCode()).as(command + "\n" + again.err()).isZero();
      assertThat(again.out()).isEqualTo(result.out());
      assertThat(KilledProcess.bytes(run)).isEqualTo(bytes);
    }
    AtomicFile.deleteRecursively(run);
  }

  private static void requireFinite(Path run, Set<String> files) {
    assertThat(files).anyMatch(name -> name.endsWith("model.safetensors"));
    for (String name : files) {
      Path file = run.resolve(name);
      if (name.endsWith(".safetensors")) {
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
          weights
              .tensors()
              .values()
              .forEach(
                  tensor ->
                      assertThat(FiniteValues.firstNotFinite(tensor.data(), tensor.type()))
                          .as(name + " " + tensor.name())
                          .isEqualTo(-1));
        }
      } else if (name.endsWith(".json") || name.endsWith(".jsonl")) {
        assertThat(file).content().doesNotContain("NaN", "Infinity");
      }
    }
  }

  private static Path run(Map<String, String> row) {
    return world.resolve("run-" + Integer.toHexString(row.hashCode()));
  }

  private static List<String> command(Map<String, String> row, Path run) {
    String command = row.getOrDefault(COMMAND, "");
    boolean compares = command.startsWith(COMPARE);
    List<String> words =
        new ArrayList<>(
            List.of(
                compares ? "compare" : "train",
                "--model",
                world.resolve("model").toString(),
                "--pairs",
                world.resolve(compares ? "pairs" : "pairs-with-reference").toString(),
                "--out",
                run.toString(),
                compares ? "--objectives" : "--objective",
                command.substring(command.indexOf(' ') + 1)));
    row.forEach(
        (name, value) -> {
          if (!name.equals(COMMAND) && !value.equals(UNSET)) {
            words.add("--" + name.replace('_', '-'));
            words.add(value);
          }
        });
    return words;
  }
}
