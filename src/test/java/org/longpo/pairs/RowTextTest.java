package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.documents.SpanReader;

class RowTextTest {
  @TempDir Path folder;

  @Test
  void shouldJoinContextAndInstructionInOnePlace() throws IOException {
    Path file = Files.writeString(folder.resolve("d.txt"), "Left out. The chunk. The rest.");
    DocumentSpan document = DocumentText.read(file).span(10, 30, 6);
    Answer chosen = new Answer("a", new int[] {1}, true, new double[] {-1}, Optional.empty());
    Answer rejected = new Answer("b", new int[] {2}, true, new double[] {-1}, Optional.empty());
    PairRow row =
        new PairRow(
            document.id(),
            document,
            1e4,
            List.of(new Pair(new ChunkSpan(10, 20, 3), "Why?", chosen, rejected)));
    RowText text = RowText.read(row, new SpanReader());
    assertThat(text.shortInput(0)).isEqualTo("The chunk.\n\nWhy?");
    assertThat(text.longInput(0)).isEqualTo("The chunk. The rest.\n\nWhy?");
    assertThat(UserMessage.following("Why?")).isEqualTo("Why?");
  }
}
