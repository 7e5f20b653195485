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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;
import org.longpo.files.Json;

class OptionFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadEveryKindOfValue() {
    TestOptions settings =
        read(
            """
            # a comment
            model: some/folder   # another
            learning_rate: 1e-5
            num_train_epochs: 3
            optim: RMS_PROP
            reference_long: true
            lengths: [131_072, 262144]
            documents:
              - one file.txt
              - books
            """);
    assertThat(settings.model()).isEqualTo(Path.of("some/folder"));
    assertThat(settings.learningRate()).isEqualTo(1e-5);
    assertThat(settings.numTrainEpochs()).isEqualTo(3);
    assertThat(settings.optim()).isEqualTo("rms-prop");
    assertThat(settings.lists().referenceLong()).isTrue();
    assertThat(settings.lists().lengths()).containsExactly(131_072, 262_144);
    assertThat(settings.lists().documents())
        .containsExactly(Path.of("one file.txt"), Path.of("books"));
  }

  @Test
  void shouldAcceptListsAlsoAsOneWord() {
    TestOptions settings = read("lengths: 1024, 2048\ndocuments: books, and more\n");
    assertThat(settings.lists().lengths()).containsExactly(1024, 2048);
    assertThat(settings.lists().documents()).containsExactly(Path.of("books, and more"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object: {on: false, n: 131072, x: 1.5, big: 12345678901234567890, none: null, list: [a,"
            + " {b: 'no # end'}]}",
        "object:\n  on: false\n  n: 131072\n  x: 1.5\n  big: 12345678901234567890\n  none: null\n"
            + "  list:\n    - a\n    - b: 'no # end'",
        "object: '{\"on\": false, \"n\": 131072, \"x\": 1.5, \"big\": 12345678901234567890,"
            + " \"none\": null, \"list\": [\"a\", {\"b\": \"no # end\"}]}'",
      })
  void shouldReadObjectHoweverItIsWrittenAndPrintItSoThatItReadsBack(String text) {
    String json =
        "{\"on\":false,\"n\":131072,\"x\":1.5,\"big\":12345678901234567890,\"none\":null,"
            + "\"list\":[\"a\",{\"b\":\"no # end\"}]}";
    TestOptions settings = read(text + "\nlearning_rate: 1\n");
    assertThat(Json.line(settings.lists().object().orElseThrow())).isEqualTo(json);
    assertThat(settings.learningRate()).as("what follows").isEqualTo(1);
    List<String> printed = new OptionListing(TestOptions.SCHEMA, values()).lines();
    assertThat(printed)
        .anyMatch(line -> line.startsWith("object: {\"on\": false, \"n\": 131072, \"x\": 1.5, "));
    TestOptions again = read(String.join("\n", printed) + "\n");
    assertThat(Json.line(again.lists().object().orElseThrow())).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object: [1, 2] | object is [1, 2], expected a JSON object such as {\"a\": 1}.",
        "object: words | object is 'words', expected a JSON object such as {\"a\": 1}.",
        "object: {a: 1, a: 2} | object has a twice; remove one of the two.",
        "object: {a: {b: .inf}} | object.a.b is Infinity, expected a finite number.",
      })
  void shouldNameFileLineAndKeyOfWrongObject(String line, String complaint) {
    assertThatThrownBy(() -> read("# first\n" + line + "\n"))
        .isInstanceOf(UserError.class)
        .hasMessage(file() + ":2: " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "{}\n"})
  void shouldAcceptEmptyFile(String text) {
    assertThat(read(text).numTrainEpochs()).isEqualTo(1);
  }

  @Test
  void shouldNameFileLineAndNearestKeyOfUnknownKey() {
    assertThatThrownBy(() -> read("num_train_epochs: 1\n\nlearnin-rate: 1\n"))
        .isInstanceOf(UserError.class)
        .hasMessage(file() + ":3: there is no setting learnin-rate; did you mean learning_rate?");
  }

  @Test
  void shouldNotGuessFarFetchedKey() {
    assertThatThrownBy(() -> read("per_device_train_batch_size: 1\n"))
        .hasMessage(
            file()
                + ":1: there is no setting per_device_train_batch_size; longpo COMMAND --help"
                + " lists them.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning_rate: fast   | learning_rate is 'fast', expected a positive number.",
        "learning_rate: -1     | learning_rate is '-1', expected a positive number.",
        "learning_rate: .inf   | learning_rate is '.inf', expected a positive number.",
        "learning_rate: [1, 2] | learning_rate is [1, 2], expected a positive number.",
        "num_train_epochs: 1.5 | num_train_epochs is '1.5', expected a whole number, 1 or more.",
        "num_train_epochs: 1e99999 | num_train_epochs is '1e99999', expected a whole number, 1 or"
            + " more.",
        "num_train_epochs: 3000000000 | num_train_epochs is '3000000000', expected a whole number,"
            + " 1 or more.",
        "optim: adamv          | optim is 'adamv', expected adamw or rms-prop; did you mean adamw?",
        "reference_long: yes   | reference_long is 'yes', expected true or false.",
        "lengths: [1, x]       | 'lengths is [1, x], expected one or more values, each a whole"
            + " number, 1 or more.'",
        "lengths: []           | 'lengths is [], expected one or more values, each a whole number,"
            + " 1 or more.'",
        "optim:                | 'optim has no value; expected adamw or rms-prop, or no such line"
            + " for the default.'",
        "optim: {a: b}         | optim is nested; expected adamw or rms-prop.",
      })
  void shouldNameFileLineAndKeyOfWrongValue(String line, String complaint) {
    assertThatThrownBy(() -> read("# first\n" + line + "\n"))
        .isInstanceOf(UserError.class)
        .hasMessage(file() + ":2: " + complaint);
  }

  @Test
  void shouldRefuseKeyThatIsGivenTwice() {
    assertThatThrownBy(() -> read("lambda: 1\nlambda: 1\n"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file() + ":2: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- 1\n", "just words\n", "lambda: [1\n", "lambda: 1\n---\nlambda: 2\n"})
  void shouldRefuseWhatIsNoFileOfSettings(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .message()
        .matches("(?s)\\Q" + file() + "\\E:\\d+: [^\\n]+\\w[^\\n]*");
  }

  @Test
  void shouldNameMissingFile() {
    assertThatThrownBy(() -> OptionFile.read(file(), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessage("There is no file " + file() + ".");
  }

  private Path file() {
    return folder.resolve("recipe.yaml");
  }

  /** {@code text} is read with a model, which has to be given, where it names none. */
  private TestOptions read(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return values().read(TestOptions.class, TestOptions.LENGTH_4);
  }

  private OptionValues values() {
    WrittenValue model = new WrittenValue(List.of("some/folder"), new WrittenValue.Origin.AsFlag());
    return new OptionValues(
        TestOptions.SCHEMA,
        OptionFile.read(file(), TestOptions.SCHEMA.keys()),
        Map.of("model", model));
  }
}
