package org.longpo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class SettingsTest {
  private static final Path FILE = Path.of("recipe.yaml");

  @Test
  void shouldPreferFlagToFileAndFileToDefault() {
    Settings settings =
        settings(
            Map.of("learning_rate", inFile("1e-5", 1), "num_train_epochs", inFile("2", 2)),
            Map.of("learning_rate", flag("1e-6")));
    assertThat(settings.get(TestKeys.RATE)).isEqualTo(1e-6);
    assertThat(settings.get(TestKeys.EPOCHS)).isEqualTo(2);
    assertThat(settings.get(TestKeys.OPTIM)).isEqualTo("adamw");
    assertThat(settings.find(TestKeys.LAMBDA)).isEmpty();
  }

  @Test
  void shouldNameFlagOfWrongValue() {
    assertThatThrownBy(() -> settings(Map.of(), Map.of("learning_rate", flag("fast"))))
        .isInstanceOf(UserError.class)
        .hasMessage("--learning-rate is 'fast', expected a positive number.");
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertThatThrownBy(() -> settings(Map.of(), Map.of()).requireComplete())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--model DIR is missing; give it as a flag or as a key in the file of --config.");
  }

  @Test
  void shouldListEveryKeyWithValueAndOrigin() {
    Settings settings =
        settings(
            Map.of("learning_rate", inFile("0.00001", 7)),
            Map.of("documents", new Given(List.of("a b", "c"), new Given.Origin.AsFlag())));
    List<String> lines =
        new SettingsListing(settings)
            .resolved(Map.of("lambda", 0.32))
            .idle(TestKeys.SWITCH, "no setting of dpo")
            .lines(List.of(TestKeys.SECTION));
    assertThat(lines.stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "# Test",
            "# model: # missing, it must be given",
            "learning_rate: 1e-5 # recipe.yaml:7",
            "num_train_epochs: 1 # default",
            "lambda: 0.32 # default",
            "optim: adamw # default",
            "# reference_long: # no setting of dpo",
            "lengths: [4096] # default",
            "documents: [a b, c] # --documents",
            "# object: # default: none");
  }

  @Test
  void shouldListWhatReadsBackAsTheSame(@TempDir Path folder) throws IOException {
    List<Path> paths = List.of(Path.of("it's: #odd"), Path.of("null"), Path.of("a, b"));
    Settings settings =
        settings(
            Map.of(),
            Map.of(
                "documents",
                new Given(paths.stream().map(Path::toString).toList(), new Given.Origin.AsFlag()),
                "model",
                flag("- x"),
                "lengths",
                flag("1,2"),
                "learning_rate",
                flag("1.25e-300")));
    Path file =
        Files.write(
            folder.resolve("listed.yaml"),
            new SettingsListing(settings).lines(List.of(TestKeys.SECTION)));
    Settings read = settings(SettingsFile.read(file, TestKeys.SECTION.keys()), Map.of());
    assertThat(read.get(TestKeys.DOCUMENTS)).isEqualTo(paths);
    assertThat(read.get(TestKeys.MODEL)).isEqualTo(Path.of("- x"));
    assertThat(read.get(TestKeys.LENGTHS)).containsExactly(1, 2);
    assertThat(read.get(TestKeys.RATE)).isEqualTo(1.25e-300);
  }

  private static Settings settings(Map<String, Given> file, Map<String, Given> flags) {
    return new Settings(TestKeys.SECTION.keys(), file, flags);
  }

  private static Given inFile(String word, int line) {
    return new Given(List.of(word), new Given.Origin.InFile(FILE, line));
  }

  private static Given flag(String word) {
    return new Given(List.of(word), new Given.Origin.AsFlag());
  }
}
