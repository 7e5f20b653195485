package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class InstructionFileTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("instructions.txt"), text);
  }

  @Test
  void shouldReadOneInstructionPerLine() throws IOException {
    Path file = write("# ours\r\n\r\n  Who is it about? \r\n\t\n#Why?\nWhat happens next?");
    assertThat(InstructionFile.read(file).instructions())
        .containsExactly("Who is it about?", "What happens next?");
  }

  @Test
  void shouldRefuseMissingEmptyAndDoubledInstructions() throws IOException {
    Path missing = folder.resolve("none.txt");
    assertThatThrownBy(() -> InstructionFile.read(missing))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing.toString());
    Path empty = write("\n# nothing\n");
    assertThatThrownBy(() -> InstructionFile.read(empty))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no instruction");
    Path doubled = write("Who?\nWhy?\nWho?\n");
    assertThatThrownBy(() -> InstructionFile.read(doubled))
        .isInstanceOf(UserError.class)
        .hasMessage(
            doubled + ":3: this instruction is a duplicate of an earlier line; remove one.");
  }

  @Test
  void shouldPickDifferentInstructionsWhileThereAreEnough() {
    InstructionFile file = new InstructionFile(List.of("a", "b", "c"));
    for (long seed = 0; seed < 20; seed++) {
      List<String> picked = file.pick(5, seed);
      assertThat(picked).hasSize(5).isEqualTo(file.pick(5, seed));
      assertThat(picked.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(picked.subList(3, 5)).doesNotHaveDuplicates();
    }
  }
}
