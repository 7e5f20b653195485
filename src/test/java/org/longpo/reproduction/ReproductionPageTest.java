package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionPageTest {
  private static final MadeUpRecords MADE_UP = MadeUpRecords.small();

  @TempDir Path folder;

  private String write(List<ArmRecord> records) throws IOException {
    Path page = folder.resolve("page.md");
    assertThat(ReproductionPage.write(records, MADE_UP.scale(), page)).isEmpty();
    return Files.readString(page);
  }

  private Set<String> files() throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.exists(folder.resolve("page"))) {
      try (Stream<Path> files = Files.list(folder.resolve("page"))) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    return names;
  }

  private static List<String> sections(String page) {
    return page.lines().filter(line -> line.startsWith("## ")).map(l -> l.substring(3)).toList();
  }

  private static Set<String> links(String page) {
    return new TreeSet<>(
        Pattern.compile("\\]\\(page/([^)]+)\\)")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .toList());
  }

  @Test
  void shouldShowACompleteRun() throws IOException {
    String page = write(MADE_UP.all());
    assertThat(sections(page))
        .containsExactly(
            "What was run",
            "What is missing",
            "The paper's claims",
            "Table 1: long scores by length",
            "Fig. 3: short skills against the base",
            "Fig. 6: rewards by step",
            "LongPO against the others",
            "All methods after the first round",
            "LongPO with one thing changed",
            "Learning rates",
            "Warnings of training");
    assertThat(page)
        .contains("Nothing: the run is complete.")
        .contains("| base model | `ffffffffffff` |")
        .contains("| 3 | 2,048 | 120 | 1: 201; 2: 202; 3: 203 | 1: 701; 2: 702; 3: 703 |")
        .contains("| LongPO | **3e-4** |")
        .doesNotContain("not measured")
        .doesNotContain("NaN");
    assertThat(files())
        .isEqualTo(links(page))
        .contains("long-by-length.png", "skills-margins.png", "rewards-longpo.png");
  }

  /** A run in its second round. */
  @Test
  void shouldSayWhatIsMissing() throws IOException {
    List<ArmRecord> records = new ArrayList<>(MADE_UP.bases());
    for (Arm arm : Arms.HEADLINE) {
      MADE_UP.scale().seeds().forEach(seed -> records.add(MADE_UP.test(arm, seed, 1)));
    }
    records.add(MADE_UP.test(Arms.LONGPO, 1, 2));
    String page = write(records);
    assertThat(page)
        .contains("- LongPO: round 2 (seeds 2, 3), round 3 (seeds 1, 2, 3)\n")
        .contains("- DPO: round 2 (seeds 1, 2, 3), round 3 (seeds 1, 2, 3)\n")
        .contains("- SoLoPO: round 1 (seeds 1, 2, 3)\n")
        .contains("- Greedy answers: round 1 (seed 1)\n")
        .contains("- learning rates of LongPO: 1e-4, 3e-4, 1e-3\n")
        .doesNotContain("learning rates of Chain")
        .contains("| Without NLL, long scores are lower than LongPO's. | **not measured** |")
        // All seeds of the first round count more than one of the second.
        .contains("LongPO (round 1) minus Base with raised RoPE, long score at 512 tokens:")
        .contains("LongPO (round 2) minus LongPO (round 1), long score at 1,024 tokens:")
        .contains("- round 3 minus round 2, long score at 2,048 tokens: not measured");
    assertThat(sections(page))
        .doesNotContain("All methods after the first round", "Learning rates");
    assertThat(files()).isEqualTo(links(page));
  }

  @Test
  void shouldShowTheBaseAlone() throws IOException {
    String page = write(MADE_UP.bases());
    assertThat(sections(page))
        .containsExactly(
            "What was run",
            "What is missing",
            "The paper's claims",
            "Table 1: long scores by length");
    assertThat(page).containsPattern("\\| Base with raised RoPE \\| – \\| \\d+\\.\\d ± ");
    assertThat(links(page)).containsExactly("long-by-length.csv", "long-by-length.png");
  }

  @Test
  void shouldShowNothingWithoutRecords() throws IOException {
    String page = write(List.of());
    assertThat(sections(page)).hasSize(3);
    assertThat(page).contains("- the base\n- the base with raised RoPE\n");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldGiveSameBytesForSameRecords() throws IOException {
    List<ArmRecord> records = new ArrayList<>(MADE_UP.bases());
    records.add(MADE_UP.test(Arms.LONGPO, 1, 1));
    records.add(MADE_UP.test(Arms.LONGPO, 2, 1));
    String page = write(records);
    Collections.reverse(records);
    assertThat(write(records)).isEqualTo(page);
  }

  @Test
  void shouldDoWithoutPictures() throws IOException {
    Path page = folder.resolve("page.md");
    assertThat(ReproductionPage.write(MADE_UP.bases(), MADE_UP.scale(), page, /* draws= */ false))
        .hasValueSatisfying(
            warning -> assertThat(warning).contains(page.toString()).contains("no fonts"));
    assertThat(links(Files.readString(page))).containsExactly("long-by-length.csv");
    assertThat(files()).containsExactly("long-by-length.csv");
  }
}
