package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class RunFolderTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("model", "tiny", "lengths", List.of(512, 1024), "learning_rate", 1e-5, "seed", 7);

  @TempDir private Path temporary;

  @Test
  void shouldRecordRunWithoutTimesOrPlaces() throws IOException {
    open("a", SETTINGS).close();
    open("b", SETTINGS).close();
    assertThat(temporary.resolve("a/run.json"))
        .hasSameBinaryContentAs(temporary.resolve("b/run.json"));
    assertThat(Files.readString(temporary.resolve("a/run.json")))
        .contains("\"command\" : \"train\"", "\"learning_rate\"", "\"seed\" : 7", "\"libtorch\"");
  }

  @Test
  void shouldResumeSameRun() {
    try (RunFolder first = open("run", SETTINGS)) {
      assertThat(first.earlier()).isEmpty();
    }
    try (RunFolder second = open("run", SETTINGS)) {
      assertThat(second.earlier()).contains(RunRecord.of("train").with(SETTINGS));
    }
  }

  @Test
  void shouldNameEverySettingThatDiffers() {
    open("run", SETTINGS).close();
    Map<String, Object> other =
        Map.of("model", "tiny", "lengths", List.of(512), "learning_rate", 5e-7, "seed", 7);
    assertThatThrownBy(() -> open("run", other))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "holds another run, with learning_rate 1.0E-5 (now 5.0E-7), lengths [512,1024] (now"
                + " [512]): give the same settings");
  }

  @Test
  void shouldRefuseAnotherCommandAndSeed() {
    open("run", SETTINGS).close();
    assertThatThrownBy(
            () ->
                RunFolder.open(
                    temporary.resolve("run"), RunRecord.of("score").with(SETTINGS).with("seed", 8)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("command train (now score), seed 7 (now 8)");
  }

  @Test
  void shouldNotTouchFolderWithOtherFiles() throws IOException {
    Path file =
        Files.writeString(Files.createDirectory(temporary.resolve("home")).resolve("x"), "");
    assertThatThrownBy(() -> open("home", SETTINGS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not a run of longpo");
    try (Stream<Path> files = Files.list(temporary.resolve("home"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldRefuseFileInPlaceOfFolder() throws IOException {
    Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> open("file", SETTINGS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void shouldStartAfreshWhereRunWasKilledBeforeItsRecord() throws IOException {
    Path run = Files.createDirectory(temporary.resolve("run"));
    Files.writeString(run.resolve(".lock"), "");
    Files.writeString(run.resolve("run.json.tmp"), "{\"comm");
    try (RunFolder folder = open("run", SETTINGS)) {
      assertThat(folder.earlier()).isEmpty();
    }
    assertThat(run.resolve("run.json.tmp")).doesNotExist();
  }

  @Test
  void shouldAdmitOneProcessAtATime() {
    try (RunFolder first = open("run", SETTINGS)) {
      assertThatThrownBy(() -> open("run", SETTINGS))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("Another process works in " + first.path());
    }
    open("run", SETTINGS).close();
  }

  private RunFolder open(String name, Map<String, Object> settings) {
    return RunFolder.open(temporary.resolve(name), RunRecord.of("train").with(settings));
  }
}
