package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.evaluation.tasks.Tasks;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objectives;
import org.longpo.objective.Sigmoid;
import org.longpo.pairs.GenerateSettings;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.Key;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.Variants;
import org.longpo.training.TrainingSettings;

/** Settings as flags and in a file, on the real commands. */
class SettingFlagsTest {
  private static final Schema TRAINING = Schema.of(Objectives.ALL, TrainingSettings.class);

  private static final Console CONSOLE =
      new Console(System.out, System.err, Progress.NONE, Cancellation.NEVER);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void shouldPrintWhereEveryValueCameFrom() throws IOException {
    Path file = file("learning_rate: 1e-6\nbeta: 0.01\ntemperature: 1\n");
    assertThat(run("train", "--config", "" + file, "--beta", "0.2", "--print-config")).isZero();
    assertThat(printed())
        .contains(
            "learning_rate: 1e-6 # " + file + ":1",
            "beta: 0.2 # --beta",
            "num_train_epochs: 1 # default",
            "# gamma: # no setting of longpo")
        .noneMatch(line -> line.startsWith("temperature"));
    assertThat(text(err)).isEmpty();
  }

  @Test
  void shouldPrintDefaultThatFollowsFromLength() {
    assertThat(run("evolve", "--lengths", "4096", "--print-config")).isZero();
    assertThat(printed())
        .contains("lambda: 0.32 # default")
        .as("depends on the model's window, too")
        .anyMatch(line -> line.startsWith("# chunk_tokens: # default: 32,768 (the paper's)"));
  }

  /** Only the NLL of a whole sequence weighs a token by the length. */
  @ParameterizedTest
  @ValueSource(strings = {"response", "none"})
  void shouldNotLetLambdaFollowLengthWhereTheNllDoesNot(String span) {
    for (String length : List.of("1024", "131072")) {
      out.reset();
      assertThat(run("evolve", "--lengths", length, "--nll-span", span, "--print-config")).isZero();
      assertThat(printed()).contains("lambda: 0.01 # default");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evolve", "generate", "train", "evaluate", "bench"})
  void shouldReadBackWhatItPrints(String command) throws IOException {
    assertThat(run(command, "--print-config", "--device", "cuda")).isZero();
    Path file = file(text(out));
    out.reset();
    assertThat(run(command, "--print-config", "--config", "" + file)).isZero();
    assertThat(printed()).anyMatch(line -> line.matches("device: cuda # .*recipe.yaml:\\d+"));
  }

  /** All values, with a model whose window is smaller than every default of the paper. */
  @ParameterizedTest
  @ValueSource(strings = {"generate", "evolve"})
  void shouldReadBackWhatItPrintsForModel(String command) throws IOException {
    TinyWorld.writeModel(folder.resolve("model"));
    String model = folder.resolve("model").toString();
    String lengths = command.equals("evolve") ? "--lengths=320,448" : "--length=320";
    assertThat(run(command, "--print-config", "--model", model)).as(text(err)).isZero();
    assertThat(printed()).contains("instruction_tokens: 16 # default");
    out.reset();
    assertThat(run(command, "--print-config", "--model", model, lengths)).as(text(err)).isZero();
    List<String> values = values();
    assertThat(values).contains("max_new_tokens: 16");
    Path file = file(text(out));
    out.reset();
    assertThat(run(command, "--print-config", "--config", "" + file)).as(text(err)).isZero();
    assertThat(values()).isEqualTo(values);
  }

  @Test
  void shouldReadBackTextsWithLineBreaks() throws IOException {
    List<String> command =
        List.of("complete", "--prompt", "a\nb 'c'", "--stop", "\n", "--stop", "x", "--model", "m");
    List<String> printing = new ArrayList<>(command);
    printing.add("--print-config");
    assertThat(run(printing.toArray(String[]::new))).as(text(err)).isZero();
    List<String> values = values();
    assertThat(values).contains("complete_prompt: \"a\\nb 'c'\"");
    Path file = file(text(out));
    out.reset();
    assertThat(run("complete", "--print-config", "--config", "" + file)).as(text(err)).isZero();
    assertThat(values()).isEqualTo(values);
  }

  /** One file serves all commands. */
  @Test
  void shouldHaveOneMeaningForEveryNameInFiles() {
    Map<String, Key> byName = new HashMap<>();
    for (OptionCommand command : Main.commands(CONSOLE, Objectives.ALL, Tasks.ALL)) {
      for (Key key : command.keys()) {
        assertThat(key.fileName()).matches("[a-z][a-z0-9_]*");
        Key other = byName.putIfAbsent(key.fileName(), key);
        if (other != null) {
          assertThat(key.type().label()).as(key.fileName()).isEqualTo(other.type().label());
          assertThat(key.type().shape()).as(key.fileName()).isEqualTo(other.type().shape());
        }
      }
    }
    assertThat(byName).containsKeys("pairs", "bench_pairs", "lengths", "bench_lengths", "seed");
  }

  @Test
  void shouldLetLastOfTwoFlagsCountAndAddWordsOfLists() {
    assertThat(run("train", "--seed=1", "--seed=7", "--freeze=a", "--freeze=b", "--print-config"))
        .as(text(err))
        .isZero();
    assertThat(values()).contains("seed: 7", "freeze: [a, b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{rope_type: yarn, factor: 4.0}",
        "{\"rope_type\": \"yarn\", \"factor\": 4.0}",
        "'{\"rope_type\": \"yarn\", \"factor\": 4.0}'",
        "\n  rope_type: yarn\n  factor: 4.0"
      })
  void shouldReadRopeScalingAsObjectOfFile(String written) throws IOException {
    for (String command : List.of("generate", "train", "evaluate")) {
      Path file = file("rope_scaling: " + written + "\n");
      out.reset();
      assertThat(run(command, "--config", "" + file, "--print-config")).as(text(err)).isZero();
      String line = "rope_scaling: {\"rope_type\": \"yarn\", \"factor\": 4.0} # " + file;
      assertThat(printed()).as(command).contains(line + ":1");
      file(text(out));
      out.reset();
      assertThat(run(command, "--config", "" + file, "--print-config")).as(text(err)).isZero();
      assertThat(printed()).as("read back").anyMatch(again -> again.startsWith(line + ":"));
    }
  }

  @Test
  void shouldNameAllThatIsMissing() {
    assertThat(run("train", "--out", "x")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "longpo: --pairs DIR, --model DIR are missing; give them as flags or as keys in the"
                + " file of --config.\n");
  }

  @Test
  void shouldNameNearestFlag() {
    assertThat(run("train", "--learning-rat", "1")).isEqualTo(2);
    assertThat(text(err)).contains("did you mean --learning-rate?");
  }

  @Test
  void shouldRefuseSettingThatObjectiveDoesNotHave() throws IOException {
    Path file = file("objective: dpo\n\ngamma: 1\n");
    assertThat(run("train", "--config", "" + file, "--print-config")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "longpo: "
                + file
                + ":3: gamma is no setting of this objective (dpo has beta, label_smoothing);"
                + " leave it out, or choose one that has it: simpo.\n");
  }

  @Test
  void shouldGiveSoLoPoTheSettingsOfItsPreference() {
    assertThat(
            run(
                "train",
                "--objective",
                "solopo",
                "--preference=simpo",
                "--gamma=2",
                "--alpha=3",
                "--print-config"))
        .isZero();
    assertThat(printed())
        .contains(
            "beta: 2 # default", "gamma: 2 # --gamma", "# label_smoothing: # no setting of solopo");
  }

  @Test
  void shouldDefaultToDefaultsOfTraining() {
    OptionValues nothing = new OptionValues(TRAINING, Map.of(), Map.of());
    TrainingSettings settings =
        nothing.read(TrainingSettings.class, SuppliedValues.of("lengthTokens", 131_072));
    assertThat(settings).isEqualTo(TrainingSettings.defaults(settings.objective()));
    assertThat(settings.objective())
        .isEqualTo(new LongPo(0.1, 0.01, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT));
  }

  @Test
  void shouldTrainAdaptersWhereTheirRankIsGiven() throws IOException {
    Path file =
        file(
            "lora_r: 8\n"
                + "lora_target_modules: [v_proj, q_proj]\n"
                + "freeze: ['*lora_A*']\n"
                + "eval_share: 0.1\n");
    assertThat(run("train", "--config", "" + file, "--print-config")).as(text(err)).isZero();
    assertThat(printed())
        .contains("lora_r: 8 # " + file + ":1", "lora_alpha: 16 # default")
        .anyMatch(line -> line.startsWith("lora_target_modules: ") && line.contains("q_proj"))
        .anyMatch(line -> line.startsWith("freeze: ") && line.contains("*lora_A*"));
  }

  @Test
  void shouldRefuseSettingsOfLoraWithoutItsRank() {
    assertThat(run("train", "--lora-alpha", "16", "--print-config")).isEqualTo(2);
    assertThat(text(err)).contains("--lora-alpha", "lora_r");
  }

  @Test
  void shouldHaveKeysThatEquationsPageNames() throws IOException {
    Set<String> keys = new HashSet<>(TRAINING.keys().stream().map(Key::name).toList());
    Schema.of(Variants.NONE, GenerateSettings.class).keys().forEach(key -> keys.add(key.name()));
    List<String> named =
        Files.readAllLines(Path.of("docs/equations.md")).stream()
            .filter(line -> line.matches("\\|.*\\|"))
            .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
            .flatMap(cell -> Pattern.compile("`(\\w+)[^`]*`").matcher(cell).results())
            .map(match -> match.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(20).allMatch(keys::contains);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("recipe.yaml"), text);
  }

  /** What is printed, without where it came from. */
  private List<String> values() {
    return printed().stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.replaceFirst(" # .*", ""))
        .toList();
  }

  private List<String> printed() {
    return text(out).lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private int run(String... arguments) {
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.run(
        new Console(outStream, errStream, Progress.NONE, Cancellation.NEVER), arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
