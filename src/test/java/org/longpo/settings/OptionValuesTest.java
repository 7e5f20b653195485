package org.longpo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class OptionValuesTest {
  private static final Path FILE = Path.of("recipe.yaml");

  @Test
  void shouldPreferFlagToFileAndFileToDefault() {
    TestOptions options =
        read(
            Map.of("learning_rate", inFile("1e-5", 1), "num_train_epochs", inFile("2", 2)),
            Map.of("learning_rate", flag("1e-6"), "model", flag("m")));
    assertThat(options.learningRate()).isEqualTo(1e-6);
    assertThat(options.numTrainEpochs()).isEqualTo(2);
    assertThat(options.optim()).isEqualTo("adamw");
    assertThat(options.lambda()).isEqualTo(0.25);
    assertThat(options.adapter()).isEmpty();
  }

  @Test
  void shouldNameFlagOfWrongValue() {
    assertThatThrownBy(() -> values(Map.of(), Map.of("learning_rate", flag("fast"))))
        .isInstanceOf(UserError.class)
        .hasMessage("--learning-rate is 'fast', expected a positive number.");
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertThatThrownBy(() -> values(Map.of(), Map.of()).requireComplete())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--model DIR is missing; give it as a flag or as a key in the file of --config.");
  }

  @Test
  void shouldMakeOptionalRecordWhereItsSwitchIsGiven() {
    TestOptions options =
        read(Map.of(), Map.of("model", flag("m"), "rank", flag("8"), "scale", flag("2")));
    assertThat(options.adapter()).contains(new TestOptions.Adapter(8, 2));
    assertThatThrownBy(() -> read(Map.of(), Map.of("model", flag("m"), "scale", flag("2"))))
        .isInstanceOf(UserError.class)
        .hasMessage("--scale has no effect without rank: give that, too.");
  }

  @Test
  void shouldListEveryOptionWithValueAndOrigin() {
    OptionValues values =
        values(
            Map.of("learning_rate", inFile("0.00001", 7)),
            Map.of(
                "documents",
                new WrittenValue(List.of("a b", "c"), new WrittenValue.Origin.AsFlag())));
    List<String> lines =
        new OptionListing(TestOptions.SCHEMA, values)
            .of(TestOptions.class, List.of(TestOptions.LENGTH_4))
            .lines();
    assertThat(lines.stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "# Test",
            "# model: # missing, it must be given",
            "learning_rate: 1e-5 # recipe.yaml:7",
            "num_train_epochs: 1 # default",
            "lambda: 0.25 # default",
            "optim: adamw # default",
            "reference_long: false # default",
            "lengths: [4096] # default",
            "documents: [a b, c] # --documents",
            "# object: # default: none",
            "# rank: # default: no adapter",
            "# scale: # no effect without rank");
  }

  @Test
  void shouldListRuleOfDefaultThatDiffersBetweenRounds() {
    OptionValues values = values(Map.of(), Map.of());
    List<String> lines =
        new OptionListing(TestOptions.SCHEMA, values)
            .of(TestOptions.class, List.of(TestOptions.LENGTH_4, SuppliedValues.of("length", 8)))
            .lines();
    assertThat(lines.stream().map(line -> line.replaceAll(" +", " ")))
        .contains("# lambda: # default: it depends on the length");
  }

  @Test
  void shouldListWhatReadsBackAsTheSame(@TempDir Path folder) throws IOException {
    List<Path> paths = List.of(Path.of("it's: #odd"), Path.of("null"), Path.of("a, b"));
    OptionValues values =
        values(
            Map.of(),
            Map.of(
                "documents",
                new WrittenValue(
                    paths.stream().map(Path::toString).toList(), new WrittenValue.Origin.AsFlag()),
                "model",
                flag("- x"),
                "lengths",
                flag("1,2"),
                "learning_rate",
                flag("1.25e-300")));
    Path file =
        Files.write(
            folder.resolve("listed.yaml"), new OptionListing(TestOptions.SCHEMA, values).lines());
    TestOptions read = read(OptionFile.read(file, TestOptions.SCHEMA.keys()), Map.of());
    assertThat(read.lists().documents()).isEqualTo(paths);
    assertThat(read.model()).isEqualTo(Path.of("- x"));
    assertThat(read.lists().lengths()).containsExactly(1, 2);
    assertThat(read.learningRate()).isEqualTo(1.25e-300);
  }

  @Test
  void shouldMakeAndChangeAndListRecordsByTheNamesOfOptions() {
    TestOptions options =
        OptionRecords.of(
            TestOptions.class, Map.of("model", "m", "length", 2, "learning_rate", 1, "rank", 3));
    assertThat(options.lambda()).isEqualTo(0.5);
    TestOptions changed = OptionRecords.with(options, Map.of("optim", "rms-prop", "scale", 7));
    assertThat(changed.adapter()).contains(new TestOptions.Adapter(3, 7));
    assertThat(OptionRecords.byName(changed))
        .containsEntry("learning_rate", 1.0)
        .containsEntry("optim", "rms-prop")
        .containsEntry("rank", 3)
        .containsEntry("model", "m")
        .doesNotContainKey("object");
    assertThatThrownBy(() -> OptionRecords.with(options, "optimizer", "adamw"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer");
  }

  @Test
  void shouldRefuseComponentThatIsNoOption() {
    record Wrong(int number) {}
    assertThatThrownBy(() -> Schema.of(Variants.NONE, Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Wrong.number");
  }

  @Test
  void shouldHoldConstructorToTheRangesOfItsOptions() {
    record Checked(
        @Option(defaultText = "none", meaning = "A number.") @Range(from = 1)
            Optional<Integer> count,
        @Option(defaultValue = "0", meaning = "A share.") @Range(from = 0, to = 1) double share) {
      Checked {
        OptionChecks.require(Checked.class, count, share);
      }
    }
    assertThat(new Checked(Optional.of(1), 1).share()).isEqualTo(1);
    assertThatThrownBy(() -> new Checked(Optional.of(0), 1))
        .isInstanceOf(UserError.class)
        .hasMessage("count must be a whole number, 1 or more, but is 0.");
    assertThatThrownBy(() -> new Checked(Optional.empty(), Double.NaN))
        .isInstanceOf(UserError.class)
        .hasMessage("share must be a number from 0 to 1, but is NaN.");
  }

  private static TestOptions read(Map<String, WrittenValue> file, Map<String, WrittenValue> flags) {
    return values(file, flags).read(TestOptions.class, TestOptions.LENGTH_4);
  }

  private static OptionValues values(
      Map<String, WrittenValue> file, Map<String, WrittenValue> flags) {
    return new OptionValues(TestOptions.SCHEMA, file, flags);
  }

  private static WrittenValue inFile(String word, int line) {
    return new WrittenValue(List.of(word), new WrittenValue.Origin.InFile(FILE, line));
  }

  private static WrittenValue flag(String word) {
    return new WrittenValue(List.of(word), new WrittenValue.Origin.AsFlag());
  }
}
